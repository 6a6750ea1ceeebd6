// Says the map's own words in the language of the page, which is told with each drawing: the map
// itself stays when that changes. The scale is metric.
(map, options) => {
    const box = map.getContainer(), scale = L.control.scale({imperial: false}).addTo(map);
    const named = {".leaflet-control-zoom-in": "zoom_in", ".leaflet-control-zoom-out": "zoom_out",
                   ".leaflet-control-layers-toggle": "layers"};
    let words = options.words.en;
    const write = (node, said) => { if (node && node.textContent !== said) node.textContent = said; };
    const measure = () => {
        const line = scale.getContainer().querySelector(".leaflet-control-scale-line");
        write(line, line.textContent.replace(/k?m$/, (unit) => words[unit]));
    };
    const layers = () => {
        write(box.querySelector(".leaflet-control-layers-overlays span span"), " " + words.online);
    };
    map.on("move", measure);  // after the scale, which hears of it first
    map.on("overlayadd overlayremove", () => setTimeout(layers));
    map.on("fz:language", ({language}) => {
        words = options.words[language] ?? words;
        document.documentElement.lang = language;
        scale.getContainer().dir = language === "ar" ? "rtl" : "ltr";
        for (const [selector, name] of Object.entries(named)) {
            const button = box.querySelector(selector);
            if (button) button.title = button.ariaLabel = words[name];
        }
        for (const button of box.querySelectorAll("[data-says]")) {
            button.title = button.ariaLabel = words[button.dataset.says];
        }
        map.fire("move");  // writes the scale anew
        layers();
    });
}
