// Lets who goes by keyboard pass the map, which has a stop for each place on it: a button that is
// there first, and seen while it has the focus, leads behind all that is on the map.
(map, options) => {
    const box = map.getContainer(), button = document.createElement("button");
    const end = document.createElement("span");
    button.type = "button";
    button.className = "fz-skip";
    button.dataset.says = "skip";
    end.tabIndex = -1;
    L.DomEvent.disableClickPropagation(button);
    // A stop only while it is needed; from what is none, Chromium would begin again.
    L.DomEvent.on(button, "click", () => { end.tabIndex = 0; end.focus(); });
    end.addEventListener("blur", () => { end.tabIndex = -1; });
    box.prepend(button);
    box.append(end);
}
