// A map of areas and points; with data-for it fills a form's latitude and longitude. What it shows is listed on the
// page as well, and what it fills can be typed: it is never the only way.
import "./leaflet.js";

const L = window.L;
const DIGITS = 6;
const CLOSE_ZOOM = 15;
const PADDING = 24;
// Where there is neither area nor point: the whole of Britain and Northern Ireland.
const EVERYWHERE = [[49.8, -8.7], [60.9, 1.8]];

// Leaflet's styles come with the first map.
function style() {
  const href = new URL("./leaflet.css", import.meta.url).href;
  if (document.querySelector(`link[href="${href}"]`)) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = href;
    link.addEventListener("load", resolve);
    link.addEventListener("error", reject);
    document.head.append(link);
  });
}

function icon(kind) {
  return L.divIcon({ className: `app-map__point${kind}`, iconSize: [24, 24] });
}

// Whatever is shown goes in as text, never as markup.
function words(text, href) {
  const element = document.createElement(href ? "a" : "span");
  element.textContent = text;
  if (href) {
    element.href = href;
    element.className = "govuk-link";
  }
  return element;
}

function drawAreas(map, areas) {
  return L.geoJSON(areas, {
    style: { className: "app-map__area" },
    onEachFeature: ({ properties }, layer) => {
      layer.bindTooltip(words(properties.title || properties.name));
      // Where a click picks a point it leads nowhere.
      if (properties.href && !map.options.picks) {
        layer.on("click", () => location.assign(properties.href));
      }
    },
  }).addTo(map);
}

function drawPoints(map, points) {
  const marks = points.map(({ lat, lon, text, href }) =>
    L.marker([lat, lon], { icon: icon(""), title: text }).bindPopup(words(text, href)));
  return L.featureGroup(marks).addTo(map);
}

function field(form, ending) {
  return [...form.elements].find((element) => element.name.endsWith(ending));
}

// A click fills the form; from the keyboard, Enter takes the middle of the map. What is typed moves the mark.
function pick(map, form) {
  const lat = field(form, "lat");
  const lon = field(form, "lon");
  const said = document.createElement("p");
  said.className = "govuk-hint";
  said.setAttribute("role", "status");
  said.textContent = "Click the map to set the point, or move it with the arrow keys and press Enter.";
  map.getContainer().after(said);
  let mark = null;
  const show = (place) => {
    mark?.remove();
    mark = L.marker(place, { icon: icon(" app-map__point--picked"), keyboard: false }).addTo(map);
  };
  const typed = () => {
    if (lat.value.trim() === "" || lon.value.trim() === "") return null;
    const place = [Number(lat.value), Number(lon.value)];
    return place.every(Number.isFinite) ? place : null;
  };
  const take = ({ lat: y, lng: x }) => {
    lat.value = y.toFixed(DIGITS);
    lon.value = x.toFixed(DIGITS);
    show([y, x]);
    said.textContent = `Point set: ${lat.value}, ${lon.value}`;
  };
  map.on("click", ({ latlng }) => take(latlng));
  map.getContainer().addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target !== map.getContainer()) return;
    event.preventDefault();
    take(map.getCenter());
  });
  for (const input of [lat, lon]) {
    input.addEventListener("change", () => {
      const place = typed();
      if (!place) return;
      show(place);
      map.panTo(place);
    });
  }
  const place = typed();
  if (place) show(place);
  return place;
}

// None where they cannot be had, as when a session has ended: points can be picked all the same.
async function areasOf(url) {
  if (!url) return null;
  const answer = await fetch(url, { redirect: "error" }).catch(() => null);
  return answer?.ok ? answer.json() : null;
}

export async function draw(element) {
  const { areas, points, tiles, attribution, for: target } = element.dataset;
  const form = target ? document.getElementById(target) : null;
  const [collection] = await Promise.all([areasOf(areas), style()]);
  if (!element.hasAttribute("role")) element.setAttribute("role", "region");
  if (!element.hasAttribute("aria-label")) element.setAttribute("aria-label", "Map");
  const map = L.map(element, { attributionControl: Boolean(tiles), picks: form !== null, zoomSnap: 0.25 });
  map.attributionControl?.setPrefix(false);
  if (tiles) L.tileLayer(tiles, { attribution, maxZoom: 19 }).addTo(map);
  const marks = JSON.parse(points || "[]");
  const areasAt = collection ? drawAreas(map, collection).getBounds() : L.latLngBounds([]);
  const marksAt = drawPoints(map, marks).getBounds();
  // What has points is looked at where they are.
  const shown = [marksAt, areasAt].find((bounds) => bounds.isValid()) ?? EVERYWHERE;
  map.fitBounds(shown, { maxZoom: CLOSE_ZOOM, padding: [PADDING, PADDING], animate: false });
  const place = form ? pick(map, form) : null;
  if (place) map.setView(place, CLOSE_ZOOM, { animate: false });
}
