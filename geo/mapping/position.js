// Keeps the position of the map in the page's address, without asking the server.
(map, options) => {
    let page;
    try { page = window.parent; page.location.search; } catch { return; }
    const at = (new URLSearchParams(page.location.search).get("map") || "").split("/");
    if (at.length === 3 && at.every((part) => part !== "" && isFinite(part)))
        map.setView([Number(at[1]), Number(at[2])], Number(at[0]), {animate: false});
    let moved = at.length === 3;
    const tell = () => {
        const centre = map.getCenter(), address = new URL(page.location.href);
        const said = map.getZoom() + "/" + centre.lat.toFixed(3)
            + "/" + centre.lng.toFixed(3);
        if (!moved || address.searchParams.get("map") === said) return;
        address.searchParams.set("map", said);
        page.history.replaceState(page.history.state, "",
            address.href.replaceAll("%2F", "/"));
    };
    map.on("moveend", () => { moved = true; tell(); });
    // The server writes the rest of the address, without what only the browser knows.
    setInterval(tell, 700);
}
