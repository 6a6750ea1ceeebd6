// Draws features that say themselves how they look: all that changes on the map goes through here.
(map) => {
  let clicks = 0;
  window.drawFeatures = (group, features) => {
    L.geoJSON(features, {
      style: (feature) => feature.properties.style || {},
      pointToLayer: (feature, at) => {
        const said = feature.properties;
        if (!said.label) return L.circleMarker(at, said.style);
        const icon = L.divIcon({html: said.label, className: "fz-anchor", iconSize: [0, 0]});
        return L.marker(at, {icon, interactive: false, keyboard: false});
      },
      onEachFeature: (feature, layer) => {
        // Each click is told apart from the one before, also on the same feature drawn again.
        layer.on("click", () => { feature.properties.click = (clicks += 1); });
        const tip = feature.properties.tip;
        if (tip) layer.bindTooltip(tip, {sticky: true, className: "fz-tip"});
      },
    }).addTo(group);
  };
}
