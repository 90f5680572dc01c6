/** UUIDv7 (RFC 9562 §5.7): ordered by creation within a process, so that keyset paging follows time. */

/**
 * Makes a source of UUIDv7. Within one millisecond, and when the clock steps back, the 12-bit counter keeps the order.
 *
 * Units: `now` in milliseconds since 1970; `fill` must be cryptographically strong.
 */
export function createUids(now: () => number, fill: (bytes: Uint8Array) => void): () => string {
  // 4 KiB of randomness at a time: one system call for 512 ids.
  const pool = Buffer.alloc(4096)
  let used = pool.length
  let last = 0
  let counter = 0
  return () => {
    if (used + 10 > pool.length) {
      fill(pool)
      used = 0
    }
    const random = pool.toString('hex', used, used + 10)
    const seed = pool.readUInt16BE(used + 8)
    used += 10
    const ms = now()
    if (ms > last) {
      last = ms
      // Half the range stays free for ids of the same millisecond.
      counter = seed & 0x7ff
    } else if (++counter > 0xfff) {
      last += 1
      counter = 0
    }
    const time = last.toString(16).padStart(12, '0')
    const variant = '89ab'[Number.parseInt(random.charAt(0), 16) & 3] ?? '8'
    const tail = `7${counter.toString(16).padStart(3, '0')}-${variant}${random.slice(1, 4)}-${random.slice(4, 16)}`
    return `${time.slice(0, 8)}-${time.slice(8)}-${tail}`
  }
}
