// Fetches the base layer and lays it under everything; steps aside for online tiles.
(map, options) => {
    const style = options.style;
    map.createPane("base").style.zIndex = 250;
    map.getPane("base").style.pointerEvents = "none";
    map.createPane("labels").style.zIndex = 260;
    map.getPane("labels").style.pointerEvents = "none";
    map.getContainer().style.background = style.sea;
    map.attributionControl.setPrefix(false);
    fetch(options.url).then((answer) => answer.json()).then((data) => {
        const polygons = L.geoJSON(data, {
            pane: "base", interactive: false,
            filter: (feature) => feature.geometry.type !== "Point",
            style: (feature) => style[feature.properties.layer] || style.other,
        }).addTo(map);
        L.geoJSON(data, {
            pane: "base", interactive: false,
            filter: (feature) => feature.properties.layer === "city",
            pointToLayer: (feature, at) => {
                const dot = L.circleMarker(at, {pane: "labels", ...style.city});
                const label = document.createElement("span");
                const names = feature.properties;
                for (const name of [names.name_en, names.name_ar]) {
                    const isolated = document.createElement("bdi");
                    isolated.textContent = name;
                    label.append(isolated, " ");
                }
                return dot.bindTooltip(label, {
                    permanent: true, direction: names.side || "left",
                    pane: "labels", className: "fz-city"});
            },
        }).addTo(map);
        // Beyond what is drawn there is no sea, as the map's background would have it.
        const [[south, west], [north, east]] = [polygons.getBounds().getSouthWest(),
            polygons.getBounds().getNorthEast()].map((corner) => [corner.lat, corner.lng]);
        const around = (low, left, high, right) =>
            [[low, left], [high, left], [high, right], [low, right]];
        const beyond = L.polygon(
            [around(-85, -180, 85, 180), around(south, west, north, east)],
            {pane: "base", interactive: false, ...style.beyond}).addTo(map);
        map.on("overlayadd overlayremove", (event) => {
            const hidden = event.type === "overlayadd";
            beyond.setStyle({...style.beyond, ...(hidden ? {fillOpacity: 0} : {})});
            polygons.setStyle((feature) => ({
                ...(style[feature.properties.layer] || style.other),
                ...(hidden ? {fillOpacity: 0} : {}),
            }));
        });
    });
}
