/** UUIDv7 (RFC 9562 §5.7): ordered by creation within a process, so that keyset paging follows time. */

/**
 * Makes a source of UUIDv7. Within one millisecond, and when the clock steps back, the 12-bit counter keeps the order.
 *
 * Units: `now` in milliseconds since 1970; `fill` must be cryptographically strong.
 */
export function createUids(now: () => number, fill: (bytes: Uint8Array) => void): () => string {
  // 4 KiB of randomness at a time, spelt once: one system call and one conversion for 409 ids.
  const pool = Buffer.alloc(POOL_BYTES)
  let text = ''
  let used = POOL_BYTES
  let last = 0
  let time = ''
  let counter = 0
  const at = (ms: number) => {
    last = ms
    const hex = ms.toString(16).padStart(12, '0')
    time = `${hex.slice(0, 8)}-${hex.slice(8)}-7`
  }
  return () => {
    if (used + ID_BYTES > POOL_BYTES) {
      fill(pool)
      text = pool.toString('hex')
      used = 0
    }
    const ms = now()
    if (ms > last) {
      at(ms)
      // Half the range stays free for ids of the same millisecond.
      counter = pool.readUInt16BE(used + 8) & 0x7ff
    } else if (++counter > 0xfff) {
      at(last + 1)
      counter = 0
    }
    const start = used * 2
    const variant = VARIANTS[(pool[used] ?? 0) & 3] ?? '8'
    used += ID_BYTES
    const sequence = counter.toString(16).padStart(3, '0')
    return `${time}${sequence}-${variant}${text.slice(start + 1, start + 4)}-${text.slice(start + 4, start + 16)}`
  }
}

const POOL_BYTES = 4096
/** Eight for the id, two for the counter's start. */
const ID_BYTES = 10
/** RFC 9562 §4.1: the two bits 10, then two of ours. */
const VARIANTS = ['8', '9', 'a', 'b'] as const
