/** Writes each text file of a build a second and third time, compressed: what a browser is sent needs no work then. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'

/** Hashed files only: the document is another one in each answer. */
const TEXTS = /\.(?:css|js|svg)$/
/** Below it, headers cost more than compressing saves. */
const LEAST_BYTES = 1_024

export function compressFiles(folder) {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const file = join(folder, name)
    if (!TEXTS.test(name) || statSync(file).size < LEAST_BYTES) continue
    const content = readFileSync(file)
    writeFileSync(`${file}.br`, brotliCompressSync(content))
    writeFileSync(`${file}.gz`, gzipSync(content))
  }
}
