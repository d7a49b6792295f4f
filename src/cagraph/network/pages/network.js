"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const at = (id) => document.getElementById(id);
  const looks = new Map(data.legend.map((look) => [look.kind, look]));
  const things = new Map(data.nodes.map((node) => [node.id, node]));
  const links = new Map(data.nodes.map((node) => [node.id, []]));
  for (const edge of data.edges) {
    links.get(edge.from).push({ other: edge.to, how: edge.label + " →" });
    if (edge.from !== edge.to) links.get(edge.to).push({ other: edge.from, how: "← " + edge.label });
  }
  const hiddenKinds = new Set();
  const MOST = 60;

  let shown = { key: "", labels: [] };
  let hovered = null;
  let version = 0;

  const nodes = new vis.DataSet(data.nodes);
  const edges = new vis.DataSet(data.edges);
  const network = new vis.Network(at("picture"), { nodes, edges }, data.options);
  globalThis.cagraph = Object.freeze({ network, nodes, edges });
  network.on("afterDrawing", write);
  network.once("afterDrawing", () => { document.documentElement.dataset.drawn = "true"; });
  showAll();

  // Labels: at every zoom those that find room are written, the most telling first; none overlap.
  function write(ctx) {
    const scale = network.getScale();
    const focus = hovered === null ? network.getSelectedNodes() : [hovered];
    const key = [scale, version, ...focus].join(" ");
    if (key !== shown.key) shown = { key, labels: placed(ctx, scale, new Set(focus)) };
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    ctx.strokeStyle = "#ffffff";
    ring(ctx, focus, 1 / scale);
    for (const { lines, size, bold, color, x, y, plate } of shown.labels) {
      if (plate) {
        ctx.fillStyle = "rgba(255, 255, 255, 0.88)";
        ctx.fillRect(...plate);
      }
      ctx.font = font(size, bold);
      ctx.lineWidth = size * 0.3;
      ctx.fillStyle = color;
      lines.forEach((line, number) => {
        const row = y + (number - (lines.length - 1) / 2) * size * 1.2;
        ctx.strokeText(line, x, row);
        ctx.fillText(line, x, row);
      });
    }
  }

  function ring(ctx, ids, unit) {
    ctx.lineWidth = 2.5 * unit;
    ctx.strokeStyle = "#c2410c";
    for (const id of ids) {
      const { x, y } = network.getPosition(id);
      ctx.beginPath();
      ctx.arc(x, y, things.get(id).size + 5 * unit, 0, 2 * Math.PI);
      ctx.stroke();
    }
    ctx.strokeStyle = "#ffffff";
  }

  function font(size, bold) {
    return `${bold ? "600 " : ""}${size}px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif`;
  }

  const widths = new Map();
  function width(ctx, line, bold) {
    const key = bold + line;
    if (!widths.has(key)) {
      ctx.font = font(100, bold);
      widths.set(key, ctx.measureText(line).width / 100);
    }
    return widths.get(key);
  }

  function room(cell) {
    const cells = new Map();
    const each = ([left, top, right, bottom], visit) => {
      for (let i = Math.floor(left / cell); i <= Math.floor(right / cell); i += 1) {
        for (let j = Math.floor(top / cell); j <= Math.floor(bottom / cell); j += 1) {
          const name = `${i},${j}`;
          if (!cells.has(name)) cells.set(name, []);
          if (visit(cells.get(name))) return true;
        }
      }
      return false;
    };
    const meet = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
    return {
      take: (box, owner) => each(box, (list) => { list.push([box, owner]); }),
      isFree: (box, owner) => !each(box, (list) => list.some(([other, by]) => by !== owner && meet(box, other))),
      hasNoLabel: (box) => !each(box, (list) => list.some(([other, by]) => by === null && meet(box, other))),
    };
  }

  function placed(ctx, scale, focus) {
    const spots = network.getPositions();
    const space = { ...room(80 / scale), view: view() };
    const visible = data.nodes.filter(({ id }) => !isHidden(id));
    for (const { id, size } of visible) {
      const { x, y } = spots[id];
      space.take([x - size, y - size, x + size, y + size], id);
    }
    const near = new Set([...focus].flatMap((id) => links.get(id).map((link) => link.other)));
    const rank = ({ id, about }) => (focus.has(id) ? 0 : near.has(id) ? 1 : about.kind === "Country" ? 2 : 3);
    const order = visible.map((node) => ({ node, rank: rank(node), links: links.get(node.id).length }));
    order.sort((a, b) => a.rank - b.rank || b.links - a.links);
    const labels = [];
    const first = order.filter((one) => one.rank < 2);
    for (const { node, rank: place } of first) labels.push(...beside(ctx, space, node, spots[node.id], scale, place === 0 || node.about.kind === "Country", place === 0));
    labels.push(...along(ctx, space, scale, focus));
    for (const { node, links: number } of order.slice(first.length)) {
      const isHub = node.about.kind === "Country" && number >= 6;
      labels.push(...beside(ctx, space, node, spots[node.id], scale, isHub));
    }
    return labels.sort((a, b) => Boolean(a.plate) - Boolean(b.plate));
  }

  function view() {
    const { clientWidth, clientHeight } = at("picture");
    const low = network.DOMtoCanvas({ x: 0, y: 0 });
    const high = network.DOMtoCanvas({ x: clientWidth, y: clientHeight });
    return [low.x, low.y, high.x, high.y];
  }

  function within(outer, box) {
    return box[0] >= outer[0] && box[1] >= outer[1] && box[2] <= outer[2] && box[3] <= outer[3];
  }

  function beside(ctx, space, node, { x, y }, scale, always, inFocus = false) {
    const look = looks.get(node.about.kind);
    const size = look.font / scale;
    const bold = node.about.kind === "Country";
    const lines = node.label.split("\n");
    const wide = Math.max(...lines.map((line) => width(ctx, line, bold))) * size / 2 + size * 0.15;
    const high = lines.length * size * 0.6;
    const gap = node.size + size * 0.25;
    const spots = [[x, y + gap + high], [x + gap + wide, y], [x - gap - wide, y], [x, y - gap - high]];
    const box = ([cx, cy]) => [cx - wide, cy - high, cx + wide, cy + high];
    const isSeen = within(space.view, [x, y, x, y]);
    const free = spots.filter((one) => space.isFree(box(one), node.id));
    const whole = free.find((one) => !isSeen || within(space.view, box(one)));
    const clear = spots.find((one) => space.hasNoLabel(box(one)));
    const spot = whole || (bold && free[0]) || (always && clear) || (inFocus && spots[0]);
    if (!spot) return [];
    space.take(box(spot), null);
    const plate = inFocus && [spot[0] - wide, spot[1] - high, 2 * wide, 2 * high];
    return [{ lines, size, bold, color: "#1b2733", x: spot[0], y: spot[1], plate }];
  }

  function along(ctx, space, scale, focus) {
    const visible = data.edges.filter(({ from, to }) => !isHidden(from) && !isHidden(to));
    const every = scale >= 1.2 || visible.length <= 60;
    const size = 11 / scale;
    const labels = [];
    for (const { id, from, to, label } of visible) {
      const inFocus = focus.has(from) || focus.has(to);
      const line = network.body.edges[id];
      if ((!every && !inFocus) || !line.connected) continue;
      const { x, y } = line.edgeType.getPoint(0.5);
      const wide = width(ctx, label, false) * size / 2;
      const long = Math.hypot(line.to.x - line.from.x, line.to.y - line.from.y) - line.from.options.size - line.to.options.size;
      const box = [x - wide, y - size * 0.6, x + wide, y + size * 0.6];
      if (long < wide * 1.2 || !space.isFree(box, "")) continue;
      space.take(box, null);
      labels.push({ lines: [label], size, bold: false, color: inFocus ? "#9a3412" : "#5b6570", x, y });
    }
    return labels;
  }

  // Text goes into the page through textContent alone.
  function element(name, text, className) {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  const SHAPES = {
    dot: (c, r) => ["circle", { cx: c, cy: c, r }],
    square: (c, r) => ["rect", { x: c - r * 0.85, y: c - r * 0.85, width: r * 1.7, height: r * 1.7 }],
    diamond: (c, r) => corners(c, r, 4, 0),
    triangle: (c, r) => corners(c, r * 1.1, 3, 0),
    triangleDown: (c, r) => corners(c, r * 1.1, 3, Math.PI),
    hexagon: (c, r) => corners(c, r, 6, Math.PI / 6),
    star: (c, r) => corners(c, r * 1.1, 10, 0, 0.45),
  };

  function corners(c, r, number, turn, inner = 1) {
    const points = Array.from({ length: number }, (_, place) => {
      const angle = turn + (2 * Math.PI * place) / number;
      const reach = place % 2 ? r * inner : r;
      return `${(c + reach * Math.sin(angle)).toFixed(2)},${(c - reach * Math.cos(angle)).toFixed(2)}`;
    });
    return ["polygon", { points: points.join(" ") }];
  }

  function swatch(kind) {
    const look = looks.get(kind);
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const [name, size] = SHAPES[look.shape](9, 7);
    const shape = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries({ ...size, fill: look.fill, stroke: look.line })) shape.setAttribute(key, value);
    for (const [key, value] of Object.entries({ width: 18, height: 18, "aria-hidden": "true" })) svg.setAttribute(key, value);
    svg.append(shape);
    return svg;
  }

  function button(id, how) {
    const item = element("li");
    const made = element("button", "", "thing");
    made.type = "button";
    const text = element("span", things.get(id).about.label);
    if (how) text.append(" ", element("span", how, "by"));
    made.append(swatch(things.get(id).about.kind), text);
    made.addEventListener("click", () => choose(id));
    item.append(made);
    return item;
  }

  function tell(id) {
    const { about } = things.get(id);
    const marks = [about.certainty, about.basis].filter((mark) => mark && mark !== "certain" && mark !== "stated");
    const status = about.status && [about.status, ...marks].join(", ").replaceAll("-", " ")
      + (about.status_reason ? ` (${about.status_reason})` : "");
    const facts = [["Kind", looks.get(about.kind).name], ["Date", about.date], ["Status", status],
      ["Code", about.code], ["Sources", [...about.sources].join(", ")], ["Id", id]];
    at("name").textContent = about.label;
    at("hint").hidden = true;
    at("facts").hidden = at("links").hidden = false;
    at("facts").replaceChildren(...facts.filter(([, value]) => value).flatMap(
      ([term, value]) => [element("dt", term), element("dd", value)]));
    const own = [...links.get(id)].sort((a, b) => a.how.localeCompare(b.how)
      || things.get(a.other).about.label.localeCompare(things.get(b.other).about.label));
    at("linked").textContent = own.length ? `Linked to (${own.length})` : "No links";
    const items = own.slice(0, MOST).map((one) => button(one.other, one.how));
    if (own.length > MOST) items.push(element("li", `and ${own.length - MOST} more`));
    at("links").lastElementChild.replaceChildren(...items);
  }

  function untell() {
    at("name").textContent = "Nothing chosen";
    at("hint").hidden = false;
    at("facts").hidden = at("links").hidden = true;
  }

  function choose(id) {
    if (hiddenKinds.has(things.get(id).about.kind)) show(things.get(id).about.kind, true);
    network.selectNodes([id]);
    network.focus(id, { scale: Math.max(network.getScale(), 1) });
    tell(id);
  }

  function tellEdge({ from, to, label, sources }) {
    at("name").textContent = label;
    at("hint").hidden = true;
    at("facts").hidden = at("links").hidden = false;
    at("facts").replaceChildren(element("dt", "Sources"), element("dd", [...sources].join(", ")));
    at("linked").textContent = "From and to";
    at("links").lastElementChild.replaceChildren(button(from), button(to));
  }

  function chosen() {
    const [id] = network.getSelectedNodes();
    const links = network.getSelectedEdges();
    if (id !== undefined) tell(id);
    else if (links.length) tellEdge(edges.get(links[0]));
    else untell();
  }

  network.on("hoverNode", ({ node }) => { hovered = node; tell(node); });
  network.on("blurNode", () => { hovered = null; chosen(); });
  network.on("dragging", ({ nodes: moved }) => { version += moved.length; });
  network.on("dragEnd", () => { version += 1; });
  network.on("select", chosen);

  // Kinds
  const boxes = new Map();
  const counts = new Map();
  for (const node of data.nodes) counts.set(node.about.kind, (counts.get(node.about.kind) || 0) + 1);
  for (const look of data.legend) {
    const item = element("li");
    const label = element("label");
    const box = element("input");
    box.type = "checkbox";
    box.checked = true;
    box.dataset.kind = look.kind;
    box.addEventListener("change", () => show(look.kind, box.checked));
    boxes.set(look.kind, box);
    label.append(box, swatch(look.kind), element("span", look.name), element("span", String(counts.get(look.kind)), "count"));
    item.append(label);
    at("kinds").append(item);
  }
  at("all").addEventListener("click", () => filter(() => hiddenKinds.clear()));
  at("none").addEventListener("click", () => filter(() => looks.forEach((_, kind) => hiddenKinds.add(kind))));

  function show(kind, wanted) {
    filter(() => (wanted ? hiddenKinds.delete(kind) : hiddenKinds.add(kind)));
  }

  function isHidden(id) {
    return hiddenKinds.has(things.get(id).about.kind);
  }

  function filter(change) {
    change();
    version += 1;
    boxes.forEach((box, kind) => { box.checked = !hiddenKinds.has(kind); });
    nodes.update(data.nodes.map(({ id }) => ({ id, hidden: isHidden(id) })));
    edges.update(data.edges.map(({ id, from, to }) => ({ id, hidden: isHidden(from) || isHidden(to) })));
    network.unselectAll();
    untell();
    count();
    list();
  }

  function count() {
    const seen = data.nodes.filter(({ id }) => !isHidden(id)).length;
    const drawn = data.edges.filter(({ from, to }) => !isHidden(from) && !isHidden(to)).length;
    const some = (number, of, what) => (number === of ? `${of} ${what}` : `${number} of ${of} ${what}`);
    at("counts").textContent = `${some(seen, data.nodes.length, "nodes")}, ${some(drawn, data.edges.length, "edges")}`;
  }

  // Search and list
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const names = new Map(data.nodes.map(({ id, about }) => [id, fold(`${about.label} ${id} ${about.code}`)]));
  const byName = data.nodes.map(({ id }) => id).sort((a, b) => things.get(a).about.label.localeCompare(things.get(b).about.label));

  function matches() {
    const words = fold(at("words").value).split(/\s+/).filter(Boolean);
    const found = byName.filter((id) => !isHidden(id) && words.every((word) => names.get(id).includes(word)));
    const exact = (id) => Number(fold(things.get(id).about.code) === words.join(" ") || fold(things.get(id).about.label) === words.join(" "));
    return words.length ? found.sort((a, b) => exact(b) - exact(a)) : found;
  }

  function list() {
    const found = matches();
    const typed = at("words").value.trim();
    const more = found.length > MOST ? ` The first ${MOST} are shown; type to narrow.` : "";
    const none = hiddenKinds.size ? "Nothing shown is called so. Kinds that are switched off are not searched." : "Nothing in this network is called so. Try fewer or other words.";
    at("found").textContent = typed ? `${found.length || "none"} found` : "";
    at("matches").textContent = !found.length ? none : typed ? `${found.length} found.${more}` : `${found.length} things by name.${more}`;
    at("list").replaceChildren(...found.slice(0, MOST).map((id) => button(id)));
    return typed ? found : [];
  }

  at("words").addEventListener("input", () => {
    const found = list();
    network.selectNodes(found);
    if (found.length) tell(found[0]);
    else untell();
  });
  at("search").addEventListener("submit", (event) => {
    event.preventDefault();
    const found = list();
    if (found.length) choose(found[0]);
  });

  // Zoom
  function showAll() {
    network.fit({ maxZoomLevel: 1.4 });
    network.moveTo({ scale: network.getScale() * 0.9 });
  }

  at("zoom").addEventListener("click", ({ target }) => {
    const step = target.dataset.zoom;
    if (step === "fit") showAll();
    else if (step) network.moveTo({ scale: network.getScale() * Number(step) });
  });
  list();
})();
