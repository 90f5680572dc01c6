/**
 * The one stylesheet, inline in every page: system fonts, light and dark, phone first. An organisation's colour comes in as
 * custom properties, computed for both grounds, so that the sheet itself never changes.
 */
import { LRUCache } from 'lru-cache'
import { type Colour, parseColour, standingOut, textOn } from './colour.ts'
import { SHEET } from './sheet.ts'

/** What cards are made of; `sheet.ts` says the same to the browser, and its test compares them. */
export const SURFACE = { light: '#ffffff', dark: '#1b1e24' } as const

/** The house's own colour, for organisations without one. */
const OWN = '#2d4a8a'

/** Organisations whose style is kept at hand; computing one costs less than a millisecond. */
const styles = new LRUCache<string, string>({ max: 500 })

/** The stylesheet for an organisation's colour, byte for byte as it stands in the page. */
export function styleOf(colour: Colour | null): string {
  const key = colour ?? OWN
  const known = styles.get(key)
  if (known !== undefined) return known
  const style = `:root{${properties(key, SURFACE.light)}}@media(prefers-color-scheme:dark){:root{${properties(key, SURFACE.dark)}}}${SHEET}`
  styles.set(key, style)
  return style
}

/**
 * `--brand` is the colour as given, with `--on-brand` to be read on it; `--edge` draws its shape where it would melt into the
 * card (3 : 1), `--link` is fit for text (4.5 : 1, and a little more, for the page's ground is darker than the card).
 */
function properties(colour: string, surface: string): string {
  const [brand, ground] = [parseColour(colour), parseColour(surface)]
  if (brand === null || ground === null) throw new TypeError('not a colour')
  const values = {
    brand,
    'on-brand': textOn(brand),
    edge: standingOut(brand, ground, 3),
    link: standingOut(brand, ground, 5.5),
  }
  return Object.entries(values)
    .map(([name, value]) => `--${name}:${value}`)
    .join(';')
}
