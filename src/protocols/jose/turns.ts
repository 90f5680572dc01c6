/** Does one thing after the other, a few at a time, in the order they came. */

/** A task that rejects ends like one that does not: whoever made it has to notice. */
export function createTurns(width: number): (task: () => Promise<unknown>) => void {
  const waiting: (() => Promise<unknown>)[] = []
  let busy = 0

  const next = () => {
    const task = busy < width ? waiting.shift() : undefined
    if (task === undefined) return
    busy += 1
    const done = () => {
      busy -= 1
      next()
    }
    task().then(done, done)
  }

  return (task) => {
    waiting.push(task)
    next()
  }
}
