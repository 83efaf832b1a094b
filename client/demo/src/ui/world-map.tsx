import { useEffect, useRef, useState } from 'preact/hooks';
import type { City, CityIndex } from '../data/city-index.js';
import { formatCount } from './format.js';

interface Props {
  index: CityIndex;
  /** Counts up when the index has more. */
  version: number;
  found: readonly City[];
  selected: City | undefined;
}

/** Nobody lives beyond, and the map is the larger for it. */
const NORTH = 78;
const SOUTH = -56;
/** Width by height. */
const SHAPE = 360 / (NORTH - SOUTH);

/** Every place as a dot. There is no map below: the places are the map. */
export function WorldMap({ index, version, found, selected }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [width, setWidth] = useState(0);
  const [theme, setTheme] = useState(0);

  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => setWidth(Math.round(entry!.contentRect.width)));
    observer.observe(canvas.current!.parentElement!);
    const colours = new MutationObserver(() => setTheme(count => count + 1));
    colours.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    const preference = matchMedia('(prefers-color-scheme: dark)');
    const follow = () => setTheme(count => count + 1);
    preference.addEventListener('change', follow);
    return () => {
      observer.disconnect();
      colours.disconnect();
      preference.removeEventListener('change', follow);
    };
  }, []);

  useEffect(() => {
    if (width > 0) draw(canvas.current!, width, index, found, selected);
  }, [width, theme, version, found, selected]);

  return (
    <figure class="map">
      <canvas
        ref={canvas}
        role="img"
        aria-label={`Map of ${formatCount(index.size)} places${selected ? `; ${selected.name} is marked` : ''}`}
      />
    </figure>
  );
}

function draw(canvas: HTMLCanvasElement, width: number, index: CityIndex, found: readonly City[], selected: City | undefined): void {
  const height = Math.round(width / SHAPE);
  const scale = devicePixelRatio;
  canvas.width = width * scale;
  canvas.height = height * scale;
  canvas.style.height = `${height}px`;
  const context = canvas.getContext('2d')!;
  const style = getComputedStyle(canvas);
  // The custom property itself may say more than a canvas understands, such as a colour for each theme: what it comes to as a colour is asked for.
  const colour = (name: string) => {
    canvas.style.color = `var(${name})`;
    return style.color;
  };
  const x = (city: City) => ((city.lng + 180) / 360) * canvas.width;
  const y = (city: City) => ((NORTH - city.lat) / (NORTH - SOUTH)) * canvas.height;

  context.fillStyle = colour('--map-dot');
  context.globalAlpha = 0.5;
  for (let i = 0; i < index.size; i++) {
    const city = index.at(i);
    if (city.name !== '') context.fillRect(x(city), y(city), scale, scale);
  }
  context.globalAlpha = 1;
  context.fillStyle = colour('--mark');
  for (const city of found) dot(context, x(city), y(city), 2.5 * scale);
  if (!selected) return;
  context.strokeStyle = colour('--surface');
  context.lineWidth = 2 * scale;
  context.fillStyle = colour('--mark');
  dot(context, x(selected), y(selected), 5.5 * scale);
  context.stroke();
}

function dot(context: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
}
