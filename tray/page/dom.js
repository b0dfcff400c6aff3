// How do elements come to be? Whatever is foreign goes in as text; nothing here ever parses HTML.

/** `make("p", {class: "quiet"}, "text", node)`; a function as a value is a listener. */
export function make(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(key, value);
    else if (value === true) node.setAttribute(key, "");
    else if (value !== false && value !== undefined) node.setAttribute(key, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** Only a real change touches the page: a screen reader reads what changes, and the focus stays where it is. */
export function text(node, said) {
  if (node.textContent !== said) node.textContent = said;
  shown(node, said !== "");
}

/** An address that is too long for its line breaks before the @, not in the midst of a word. */
export function breakable(node, address) {
  if (node.textContent === address) return;
  const at = address.lastIndexOf("@");
  node.replaceChildren(...(at > 0 ? [address.slice(0, at), document.createElement("wbr"), address.slice(at)] : [address]));
}

export function shown(node, yes) {
  if (node.hidden === yes) node.hidden = !yes;
}

export function symbol(state) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("class", "symbol");
  svg.setAttribute("aria-hidden", "true");
  svg.append(document.createElementNS(space, "use"));
  draw(svg, state);
  return svg;
}

export function draw(svg, state) {
  const wanted = `#state-${state}`;
  if (svg.firstChild.getAttribute("href") !== wanted) svg.firstChild.setAttribute("href", wanted);
}

/** A button that is busy keeps the focus; a click on it does nothing until it is done. */
export function button(label, does, kind = "") {
  const node = make("button", { type: "button", class: kind }, label);
  node.addEventListener("click", async () => {
    if (node.getAttribute("aria-disabled") === "true") return;
    node.setAttribute("aria-disabled", "true");
    try {
      await does(node);
    } finally {
      node.removeAttribute("aria-disabled");
    }
  });
  return node;
}

let pressed = false;
const waiting = [];
addEventListener("pointerdown", () => { pressed = true; }, true);
for (const end of ["pointerup", "pointercancel", "blur"]) addEventListener(end, () => setTimeout(release), true);

function release() {
  pressed = false;
  for (const go of waiting.splice(0)) go();
}

/** Nothing moves while a button is held down: what was pressed is what is clicked. */
export function released() {
  return pressed ? new Promise((go) => waiting.push(go)) : Promise.resolve();
}

/** Keeps the nodes of things that stay, in the order of `things`, and makes those that are new. */
export function arrange(parent, known, things, keyOf, makeOne) {
  const keys = new Set(things.map(keyOf));
  for (const [key, one] of known) {
    if (!keys.has(key)) {
      const focused = one.node.contains(document.activeElement);
      one.node.remove();
      if (focused) parent.closest("section")?.querySelector("h2")?.focus(); // not lost, and not far away
      known.delete(key);
    }
  }
  things.forEach((thing, index) => {
    const key = keyOf(thing);
    if (!known.has(key)) known.set(key, makeOne(thing));
    const one = known.get(key);
    if (parent.children[index] !== one.node) parent.insertBefore(one.node, parent.children[index] ?? null);
    one.update(thing);
  });
}
