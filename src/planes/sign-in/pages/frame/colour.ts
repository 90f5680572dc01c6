/**
 * Colours of an organisation, made fit to be read: whatever it chose, text on it and links in it have enough contrast.
 *
 * Source: WCAG 2.2, 1.4.3 (text 4.5 : 1), 1.4.11 (parts of controls 3 : 1), "relative luminance", "contrast ratio".
 */

/** `#rrggbb`, lower case. */
export type Colour = string & { readonly __colour: unique symbol }

type Channels = readonly [number, number, number]

/** Null for anything but six hexadecimal digits after `#`: names, functions and short forms are not taken. */
export function parseColour(value: unknown): Colour | null {
  if (typeof value !== 'string' || !/^#[0-9a-f]{6}$/i.test(value)) return null
  // Sound: it has just been looked at.
  return value.toLowerCase() as Colour
}

/** From 1 to 21. */
export function contrast(one: Colour, other: Colour): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05)
}

/** Black or white, whichever reads better on it: at least 4.58 : 1 on any colour. */
export function textOn(ground: Colour): Colour {
  return contrast(ground, WHITE) >= contrast(ground, BLACK) ? WHITE : BLACK
}

/** The colour itself if it stands out enough on the ground, else the nearest mixture with black or white that does. */
export function standingOut(colour: Colour, ground: Colour, ratio: number): Colour {
  const towards = textOn(ground)
  // 5 % a step: finer ones cannot be told apart by eye, and the last is black or white itself.
  for (let share = 0; share < 1; share += 0.05) {
    const mixed = mixture(colour, towards, share)
    if (contrast(mixed, ground) >= ratio) return mixed
  }
  return towards
}

function mixture(one: Colour, other: Colour, share: number): Colour {
  const [a, b] = [channels(one), channels(other)]
  const mixed = a.map((value, index) => Math.round(value + ((b[index] ?? value) - value) * share))
  // Sound: three numbers from 0 to 255, two digits each.
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}` as Colour
}

function luminance(colour: Colour): number {
  const [red, green, blue] = channels(colour).map((value) => {
    const share = value / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0)
}

function channels(colour: Colour): Channels {
  const at = (from: number) => Number.parseInt(colour.slice(from, from + 2), 16)
  return [at(1), at(3), at(5)]
}

/** Sound: written out. */
const WHITE = '#ffffff' as Colour
const BLACK = '#000000' as Colour
