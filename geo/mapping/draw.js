// Draws features that say themselves how they look: all that changes on the map goes through here.
(map, options) => {
  let clicks = 0;
  // Places are drawn smaller on a smaller map, so that they do not hide the zones.
  const scale = () => Math.min(1.2, Math.max(0.45, (map.getZoom() - 5.5) / 3));
  const circles = new Set();
  const style = (feature) => feature.properties.style ?? options.looks[feature.properties.look] ?? {};
  const radius = ({feature}) => feature.properties.radius ?? feature.properties.style.radius;
  map.on("zoomend", () => {
    for (const circle of circles) {
      if (map.hasLayer(circle)) circle.setRadius(radius(circle) * scale());
      else circles.delete(circle);
    }
  });
  window.drawFeatures = (group, features, language) => {
    map.fire("fz:language", {language});
    L.geoJSON(features, {
      style,
      pointToLayer: (feature, at) => {
        const said = feature.properties;
        if (!said.label) return L.circleMarker(at, style(feature));
        const icon = L.divIcon({html: said.label, className: "fz-anchor", iconSize: [0, 0]});
        return L.marker(at, {icon, interactive: Boolean(said.tip), keyboard: false});
      },
      onEachFeature: (feature, layer) => {
        if (layer.setRadius) circles.add(layer);
        // Each click is told apart from the one before, also on the same feature drawn again.
        layer.on("click", () => { feature.properties.click = (clicks += 1); });
        const tip = feature.properties.tip;
        if (tip) layer.bindTooltip(tip, {sticky: true, className: "fz-tip"});
      },
    }).addTo(group);
    for (const circle of circles) {
      circle.setRadius(radius(circle) * scale());
    }
  };
}
