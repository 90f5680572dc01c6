/** One part of a token, character by character: everything it may be, as far as the predicates tell it apart. */
import type { Automaton } from './automaton.ts'
import type { Alphabet } from './characters.ts'
import type { Work } from './work.ts'

/** States of the automata, by predicate. */
export type States = readonly number[]

/** Where the parts written so far have led. */
export interface Entry {
  readonly states: States
  readonly from: { readonly part: number; readonly text: () => string; readonly before: Entry } | null
}

export interface PartAsk {
  readonly part: number
  /** What the part itself may be. */
  readonly own: Automaton
  readonly alphabet: Alphabet
  /** Kinds of characters that make a difference here, and how many characters each stands for. */
  readonly kinds: readonly { readonly kind: number; readonly count: number }[]
  /** By predicate; null for those that do not hear this part. */
  readonly automata: readonly (Automaton | null)[]
  /** By predicate: it asks for one of the texts that it lists. */
  readonly listed: readonly boolean[]
  readonly entries: readonly Entry[]
  /** True: only values that stand for many others: a character of them may be any of several, or may be read again. */
  readonly isOpen: boolean
  readonly isHopeless: (states: States) => boolean
  readonly work: Work
}

interface Node {
  readonly own: number
  readonly states: States
  readonly entry: Entry
  /** Number of the node before, and the kind of character between; -1 at the begin. */
  readonly previous: number
  readonly kind: number
}

/** Where the part can end, shortest first, with states told apart. Faults: Exhausted */
export function explorePart(ask: PartAsk): Entry[] {
  const graph = new Graph(ask)
  const ends = ask.isOpen ? graph.repeatable() : graph.all()
  const exits = new Map<string, Entry>()
  for (const { node, text } of ends) {
    if (!ask.own.accepts(node.own)) continue
    const key = node.states.join(' ')
    if (!exits.has(key)) exits.set(key, { states: node.states, from: { part: ask.part, text, before: node.entry } })
  }
  return [...exits.values()]
}

interface Step {
  readonly to: number
  readonly kind: number
  readonly count: number
}

interface Way {
  readonly entry: Entry | undefined
  readonly text: () => string
}

/** Fewer characters than these at one place were meant as they stand: `[12]`, or a letter in both cases. */
const SEVERAL = 4

/** Where a node leads by any of several characters. */
function wideSteps(steps: readonly Step[]): [to: number, kind: number][] {
  const ways = new Map<number, { count: number; kind: number }>()
  for (const { to, kind, count } of steps) {
    const way = ways.get(to)
    if (way === undefined) ways.set(to, { count, kind })
    else way.count += count
  }
  return [...ways].flatMap(([to, { count, kind }]) => (count >= SEVERAL ? [[to, kind]] : []))
}

interface End {
  readonly node: Node
  readonly text: () => string
}

class Graph {
  readonly #nodes: Node[] = []
  /** By node: the nodes that follow, with the kind of character between. */
  readonly #next: Step[][] = []
  readonly #numbers = new Map<string, number>()
  readonly #ask: PartAsk
  readonly #hearing: number

  constructor(ask: PartAsk) {
    this.#ask = ask
    this.#hearing = ask.automata.filter((automaton) => automaton !== null).length
    for (const entry of ask.entries)
      this.#reach({ own: ask.own.start, states: entry.states, entry, previous: -1, kind: -1 })
    for (let number = 0; number < this.#nodes.length; number++) this.#expand(number)
  }

  all(): End[] {
    return this.#nodes.map((node, number) => ({ node, text: () => this.#textTo(number) }))
  }

  /** The nodes behind a loop, or behind a character that may be any of several; with a text that went that way. */
  repeatable(): End[] {
    const reached = new Map<number, Way>()
    for (const number of this.#loops()) {
      reached.set(number, { entry: this.#entryOf(number), text: () => this.#textTo(number) + this.#loopAt(number) })
    }
    this.#next.forEach((steps, from) => {
      for (const [to, kind] of wideSteps(steps.filter((step) => !this.#isListed(step.to)))) {
        if (reached.has(to)) continue
        reached.set(to, {
          entry: this.#entryOf(from),
          text: () => this.#textTo(from) + this.#ask.alphabet.characterOf(kind),
        })
      }
    })
    for (const [number, { entry, text }] of reached) {
      for (const { to, kind } of this.#next[number] ?? []) {
        if (!reached.has(to)) reached.set(to, { entry, text: () => text() + this.#ask.alphabet.characterOf(kind) })
      }
    }
    return [...reached].flatMap(([number, { entry, text }]) => {
      const node = this.#nodes[number]
      return node === undefined || entry === undefined ? [] : [{ node: { ...node, entry }, text }]
    })
  }

  /** True on the way to one of the texts of a list: each of them was meant, however many there are. */
  #isListed(number: number): boolean {
    const { automata, listed } = this.#ask
    const states = this.#nodes[number]?.states ?? []
    return automata.some(
      (automaton, index) =>
        automaton !== null && listed[index] === true && automaton.settled(states[index] ?? 0) !== false,
    )
  }

  #entryOf(number: number): Entry | undefined {
    return this.#nodes[number]?.entry
  }

  #reach(node: Node): number {
    const key = `${node.own} ${node.states.join(' ')}`
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    const isDead = this.#ask.own.settled(node.own) === false || this.#ask.isHopeless(node.states)
    const number = isDead ? -1 : this.#nodes.push(node) - 1
    if (number >= 0) this.#next.push([])
    this.#numbers.set(key, number)
    return number
  }

  #expand(number: number): void {
    const node = this.#nodes[number]
    if (node === undefined) return
    const { own, kinds, automata, work } = this.#ask
    for (const { kind, count } of kinds) {
      const next = own.step(node.own, kind)
      if (own.settled(next) === false) continue
      work.spend(1 + this.#hearing)
      const states = node.states.map((state, index) => automata[index]?.step(state, kind) ?? state)
      const to = this.#reach({ own: next, states, entry: node.entry, previous: number, kind })
      if (to >= 0) this.#next[number]?.push({ to, kind, count })
    }
  }

  #textTo(number: number): string {
    let text = ''
    for (let at = this.#nodes[number]; at !== undefined && at.previous >= 0; at = this.#nodes[at.previous]) {
      text = this.#ask.alphabet.characterOf(at.kind) + text
    }
    return text
  }

  /** Nodes that lie on a loop, in the order they were found. Source: Tarjan, strongly connected components, without recursion. */
  #loops(): number[] {
    const index: number[] = []
    const low: number[] = []
    const onStack: boolean[] = []
    const stack: number[] = []
    const looping = new Set<number>()
    let count = 0
    for (let root = 0; root < this.#nodes.length; root++) {
      if (index[root] !== undefined) continue
      const calls: { readonly node: number; next: number }[] = [{ node: root, next: 0 }]
      for (let call = calls.at(-1); call !== undefined; call = calls.at(-1)) {
        const { node } = call
        if (call.next === 0) {
          index[node] = low[node] = count++
          stack.push(node)
          onStack[node] = true
        }
        const to = this.#next[node]?.[call.next++]?.to
        if (to === undefined) {
          calls.pop()
          const parent = calls.at(-1)
          if (parent !== undefined) low[parent.node] = Math.min(low[parent.node] ?? 0, low[node] ?? 0)
          if (low[node] === index[node]) this.#close(node, stack, onStack, looping)
          continue
        }
        if (to === node) looping.add(node)
        if (index[to] === undefined) calls.push({ node: to, next: 0 })
        else if (onStack[to] === true) low[node] = Math.min(low[node] ?? 0, index[to] ?? 0)
      }
    }
    return [...looping].sort((a, b) => a - b)
  }

  /** Takes one component from the stack. */
  #close(root: number, stack: number[], onStack: boolean[], looping: Set<number>): void {
    const component: number[] = []
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      onStack[node] = false
      component.push(node)
      if (node === root) break
    }
    if (component.length > 1) for (const node of component) looping.add(node)
  }

  /** The shortest text that leads from the node to itself. */
  #loopAt(start: number): string {
    const texts = new Map<number, string>([[start, '']])
    for (const [number, text] of texts) {
      for (const { to, kind } of this.#next[number] ?? []) {
        const longer = text + this.#ask.alphabet.characterOf(kind)
        if (to === start) return longer
        if (!texts.has(to)) texts.set(to, longer)
      }
    }
    return ''
  }
}
