import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createWaitingRoom, type Place } from './waiting-room.ts'

/** A room, and who was sent away from it, in their order. */
function openRoom(places: number) {
  const room = createWaitingRoom(places)
  const sentAway: string[] = []
  return { sentAway, enter: (source: string) => room.enter(source, () => void sentAway.push(source)) }
}

describe('a waiting room', () => {
  it('takes as many as it has places, and more when some leave', () => {
    const { enter, sentAway } = openRoom(2)
    const first = enter('a')
    expect(enter('a')).not.toBeNull()
    expect(enter('a')).toBeNull()
    first?.leave()
    first?.leave()
    expect(enter('a')).not.toBeNull()
    expect(enter('a')).toBeNull()
    expect(sentAway).toEqual([])
  })

  it('takes a place from whoever has most of them for whoever has fewer', () => {
    const { enter, sentAway } = openRoom(6)
    for (const source of ['many', 'many', 'many', 'many', 'few', 'few']) enter(source)
    expect(enter('one')).not.toBeNull()
    expect(sentAway).toEqual(['many'])
    expect(enter('one')).not.toBeNull()
    expect(sentAway).toEqual(['many', 'many'])
    // Two each: nobody has more than the newcomer would have.
    expect(enter('one')).toBeNull()
    expect(enter('many')).toBeNull()
    expect(enter('other')).not.toBeNull()
  })

  it('lets those who were sent away leave without harm', () => {
    const { enter } = openRoom(1)
    const { enter: other, sentAway } = openRoom(2)
    enter('a')?.leave()
    expect(enter('b')).not.toBeNull()
    const places = ['a', 'a', 'b'].map(other)
    expect(sentAway).toEqual(['a'])
    for (const place of places) place?.leave()
    expect(['c', 'c', 'c'].map(other).map((place) => place !== null)).toEqual([true, true, false])
  })

  it('never holds more than its places, and never sends away one who has least', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.boolean()), { maxLength: 80 }), (steps) => {
        const room = createWaitingRoom(5)
        const inside = new Map<Place, string>()
        const counts = () => {
          const held = new Map<string, number>()
          for (const source of inside.values()) held.set(source, (held.get(source) ?? 0) + 1)
          return held
        }
        for (const [source, leaves] of steps) {
          const [leaver] = leaves ? [...inside].filter(([, one]) => one === source) : []
          if (leaver !== undefined) {
            leaver[0].leave()
            inside.delete(leaver[0])
            continue
          }
          let mine: Place | null = null
          mine = room.enter(source, () => {
            const held = counts()
            const [place, owner] = [...inside].find(([one]) => one === mine) ?? []
            expect(held.get(owner ?? '')).toBe(Math.max(...held.values()))
            if (place !== undefined) inside.delete(place)
          })
          if (mine !== null) inside.set(mine, source)
          expect(inside.size).toBeLessThanOrEqual(5)
        }
      }),
    )
  })
})
