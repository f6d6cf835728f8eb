import type { Page } from 'playwright-core';

/** Kinds of fruit that tests tell apart, by the hue of their skin. */
export const fruits = { Lemons: 52, Limes: 110, Tomatoes: 4, Blueberries: 228, Oranges: 32 } as const;

export type Fruit = keyof typeof fruits;

export interface DrawnPicture {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/**
 * Pictures of fruit on a table, drawn by the browser: every one has a place, size, light and table of its own.
 * @param count how many; one seed gives the same ones
 * @param options.edge width and height, in pixels
 * @param options.spread of the hue, in degrees
 */
export async function drawFruit(
  page: Page,
  fruit: Fruit,
  count: number,
  { seed = 1, edge = 96, type = 'jpeg', spread = 10 }: { seed?: number; edge?: number; type?: 'jpeg' | 'png'; spread?: number } = {},
): Promise<DrawnPicture[]> {
  const drawn = await page.evaluate(drawInPage, { hue: fruits[fruit], count, seed, edge, type, spread });
  return drawn.map((base64, index) => ({
    name: `${fruit.toLowerCase()}-${seed}-${String(index).padStart(4, '0')}.${type}`,
    mimeType: `image/${type}`,
    buffer: Buffer.from(base64, 'base64'),
  }));
}

interface Job {
  readonly hue: number;
  readonly count: number;
  readonly seed: number;
  readonly edge: number;
  readonly type: string;
  readonly spread: number;
}

/** Runs in the page. */
async function drawInPage({ hue, count, seed, edge, type, spread }: Job): Promise<string[]> {
  let state = seed * 7919 + hue + 1;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const blobs: Promise<Blob>[] = [];
  for (let index = 0; index < count; index++) {
    const canvas = new OffscreenCanvas(edge, edge);
    const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
    const table = context.createLinearGradient(0, 0, edge * random(), edge);
    table.addColorStop(0, `hsl(${30 + 20 * random()} 25% ${62 + 24 * random()}%)`);
    table.addColorStop(1, `hsl(${25 + 20 * random()} 30% ${40 + 20 * random()}%)`);
    context.fillStyle = table;
    context.fillRect(0, 0, edge, edge);
    const radius = edge * (0.24 + 0.14 * random());
    const [x, y] = [edge * (0.38 + 0.24 * random()), edge * (0.4 + 0.2 * random())];
    context.fillStyle = 'rgb(0 0 0 / 25%)';
    context.beginPath();
    context.ellipse(x + radius * 0.15, y + radius * 0.85, radius * 0.95, radius * 0.3, 0, 0, 7);
    context.fill();
    const own = hue + spread * (random() - 0.5);
    const skin = context.createRadialGradient(x - radius * 0.35, y - radius * 0.4, radius * 0.1, x, y, radius);
    skin.addColorStop(0, `hsl(${own} 85% ${72 + 8 * random()}%)`);
    skin.addColorStop(0.4, `hsl(${own} 80% 52%)`);
    skin.addColorStop(1, `hsl(${own - 8} 80% 32%)`);
    context.fillStyle = skin;
    context.beginPath();
    context.ellipse(x, y, radius, radius * (0.82 + 0.16 * random()), random() * 3, 0, 7);
    context.fill();
    context.fillStyle = 'hsl(105 45% 28%)';
    context.beginPath();
    context.ellipse(x + radius * 0.2, y - radius * 0.95, radius * 0.3, radius * 0.12, -0.5 + random(), 0, 7);
    context.fill();
    // Together: a page encodes in idle time, and one after another would each wait for some.
    blobs.push(canvas.convertToBlob({ type: `image/${type}`, quality: 0.85 }));
  }
  const bytes = await Promise.all(blobs.map(async (blob) => new Uint8Array(await (await blob).arrayBuffer())));
  return bytes.map((each) => btoa(each.reduce((text, byte) => text + String.fromCharCode(byte), '')));
}
