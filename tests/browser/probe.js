// What a test asks of a page that is shown: an expression that gives plain data.
(() => {
  const OURS = '[class^="handoff-"], [class*=" handoff-"]';

  const name = (element) => {
    const classes = (element.getAttribute("class") || "").trim().split(/\s+/).filter(Boolean);
    return [element.localName, ...classes].join(".");
  };

  // Any CSS colour as red, green, blue (0 to 255) and alpha (0 to 1): a canvas knows all notations.
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const known = new Map();
  const rgba = (colour) => {
    if (!known.has(colour)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
      known.set(colour, [red, green, blue, alpha / 255]);
    }
    return known.get(colour);
  };
  const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);

  // https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
  const luminance = (colour) => {
    const [red, green, blue] = colour.slice(0, 3).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const ratio = (one, other) => {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  };

  const ancestors = (element) => (element ? [...ancestors(element.parentElement), element] : []);

  // The colour behind a text: the backgrounds of what it stands in, the outermost first; in a drawing, the filled shapes before it too.
  const behind = (element, box) => {
    let colour = [255, 255, 255, 1];
    let picture = false;
    for (const one of ancestors(element)) {
      const style = getComputedStyle(one);
      const background = rgba(style.backgroundColor);
      colour = over(background, colour);
      picture = (picture && background[3] < 1) || style.backgroundImage !== "none";
    }
    const drawing = element.closest("svg");
    if (drawing) {
      const x = (box.left + box.right) / 2;
      const y = (box.top + box.bottom) / 2;
      for (const shape of drawing.querySelectorAll("rect, circle, ellipse, polygon, path")) {
        const before = shape.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING;
        const place = shape.getBoundingClientRect();
        const style = getComputedStyle(shape);
        const inside = place.left <= x && x <= place.right && place.top <= y && y <= place.bottom;
        if (before && inside && style.fill.startsWith("url")) picture = true;
        else if (before && inside && style.fill !== "none") {
          const [red, green, blue, alpha] = rgba(style.fill);
          colour = over([red, green, blue, alpha * style.fillOpacity * style.opacity], colour);
        }
      }
    }
    return { colour, picture };
  };

  const visible = (element, box) =>
    box.width > 1 && box.height > 1 && element.checkVisibility({ opacityProperty: true, visibilityProperty: true });

  const texts = () => {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement;
      const text = walker.currentNode.data.trim();
      if (!text || !element.closest(OURS) || element.closest("script, style, title, desc")) continue;
      const range = document.createRange();
      range.selectNodeContents(walker.currentNode);
      const box = range.getBoundingClientRect();
      if (!visible(element, box)) continue;
      const style = getComputedStyle(element);
      const paint = rgba(element.closest("svg") ? style.fill : style.color);
      const opacity = ancestors(element).reduce((product, one) => product * getComputedStyle(one).opacity, 1);
      const { colour, picture } = behind(element, box);
      const contrast = ratio(over([...paint.slice(0, 3), paint[3] * opacity], colour), colour);
      found.push({ element: name(element), text: text.slice(0, 60), contrast, picture });
    }
    return found;
  };

  // Elements that reach over the right edge, and are not inside one that scrolls or cuts.
  const overflowing = (width) => {
    const cut = (element) => ancestors(element.parentElement).some((one) => {
      const style = getComputedStyle(one);
      return one !== document.body && one !== document.documentElement && style.overflowX !== "visible";
    });
    return [...document.body.querySelectorAll("*")]
      .filter((one) => one.getBoundingClientRect().right > width + 1 && visible(one, one.getBoundingClientRect()) && !cut(one))
      .map(name)
      .slice(0, 8);
  };

  // Whether a reader with a keyboard sees where he is: each target in the content is focused, and must then look otherwise.
  const unfocused = () => {
    const look = (element) => {
      const { outlineStyle, outlineWidth, outlineColor, boxShadow, backgroundColor, textDecoration } = getComputedStyle(element);
      const outline = outlineStyle !== "none" && parseFloat(outlineWidth) > 0 && rgba(outlineColor)[3] > 0;
      return JSON.stringify([outline && outlineColor + outlineWidth, boxShadow, backgroundColor, textDecoration]);
    };
    const targets = document.querySelectorAll(".md-content :is(a[href], summary, button, input, select, [tabindex='0'])");
    return [...targets]
      .filter((one) => visible(one, one.getBoundingClientRect()))
      .filter((one) => {
        document.activeElement.blur();
        const before = look(one);
        one.focus({ preventScroll: true });
        return document.activeElement !== one || look(one) === before;
      })
      .map((one) => `${name(one)} ${one.textContent.trim().slice(0, 40)}`);
  };

  for (const details of document.querySelectorAll("details")) details.open = true;
  return {
    scheme: document.body.dataset.mdColorScheme || "",
    width: document.documentElement.scrollWidth,
    overflowing: overflowing(window.screen.width),
    texts: texts(),
    unfocused: unfocused(),
  };
})()
