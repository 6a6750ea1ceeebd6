// Buttons on the map: draw a rectangle or a polygon, and fill the screen. What is drawn is told by
// the event that the component listens to for drawings; the page then draws it as part of the
// selection.
(map, options) => {
    const bar = L.control({position: "topleft"});
    let mode = null, corners = [], shape = null, buttons = {};
    const clear = () => {
        if (shape) shape.remove();
        shape = null; corners = []; mode = null;
        map.dragging.enable(); map.doubleClickZoom.enable();
        map.getContainer().style.cursor = "";
        for (const button of Object.values(buttons)) button.ariaPressed = "false";
    };
    const done = (layer, kind) => {
        clear();
        layer.feature = {type: "Feature", properties: {drawn: kind}};
        map.fire("draw:created", {layer: layer, layerType: kind});
    };
    const begin = (kind) => {
        const again = mode === kind;
        clear();
        if (again) return;
        mode = kind;
        buttons[kind].ariaPressed = "true";
        map.getContainer().style.cursor = "crosshair";
        map.doubleClickZoom.disable();
        if (kind === "rectangle") map.dragging.disable();
    };
    const style = {color: "#222", weight: 1.5, dashArray: "4 4", fillOpacity: 0.08,
                   interactive: false};
    map.on("mousedown", (event) => {
        if (mode === "rectangle") corners = [event.latlng];
    });
    map.on("mousemove", (event) => {
        if (!mode || !corners.length) return;
        if (shape) shape.remove();
        shape = mode === "rectangle"
            ? L.rectangle(L.latLngBounds(corners[0], event.latlng), style)
            : L.polygon([...corners, event.latlng], style);
        shape.addTo(map);
    });
    map.on("mouseup", (event) => {
        if (mode !== "rectangle" || !corners.length) return;
        const bounds = L.latLngBounds(corners[0], event.latlng);
        if (bounds.getNorth() - bounds.getSouth() < 0.002) return clear();
        done(L.rectangle(bounds), "rectangle");
    });
    map.on("click", (event) => {
        if (mode !== "polygon") return;
        const first = corners[0] && map.latLngToContainerPoint(corners[0]);
        const near = first && first.distanceTo(event.containerPoint) < 10;
        if (corners.length > 2 && near) return done(L.polygon(corners), "polygon");
        corners.push(event.latlng);
    });
    map.on("dblclick", () => {
        if (mode === "polygon" && corners.length > 2) done(L.polygon(corners), "polygon");
    });
    document.addEventListener("keydown", (event) => {
        if (event.key === "Escape") clear();
    });
    bar.onAdd = () => {
        const box = L.DomUtil.create("div", "leaflet-bar fz-tools");
        const add = (name, path, act) => {
            const button = L.DomUtil.create("button", "", box);
            button.type = "button";
            button.dataset.says = name;
            button.innerHTML = '<svg viewBox="0 0 16 16" aria-hidden="true"><path d="'
                + path + '"/></svg>';
            L.DomEvent.disableClickPropagation(button);
            L.DomEvent.on(button, "click", act);
            buttons[name] = button;
        };
        add("rectangle", "M2 4h12v8H2z", () => begin("rectangle"));
        add("polygon", "M3 13L2 5l7-3 5 5-3 6z", () => begin("polygon"));
        add("full", "M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4", () => {
            const root = document.documentElement;
            if (document.fullscreenElement) document.exitFullscreen();
            else if (root.requestFullscreen) root.requestFullscreen();
        });
        return box;
    };
    bar.addTo(map);
    document.addEventListener("fullscreenchange", () => {
        for (const id of ["map_div", "parent"]) {
            const box = document.getElementById(id);
            if (!box) continue;
            box.dataset.height ??= box.style.height;
            box.style.height = document.fullscreenElement ? "100vh" : box.dataset.height;
        }
        map.invalidateSize();
    });
}
