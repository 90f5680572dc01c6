/** Links between our pages that lead nowhere: to a file that is not there, or to a heading that its page does not have. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const LINK = /\]\(([^)\s]+)\)/g
/** With a scheme: of another site. */
const ELSEWHERE = /^[a-z][a-z0-9+.-]*:/i
/** What stands in a fence is shown, not followed. */
const FENCE = /^```[\s\S]*?^```/gm

/** Of the pages at the top and under docs/, each as `page: link`. */
export function deadLinks(): string[] {
  return pages().flatMap((page) =>
    [...proseOf(page).matchAll(LINK)]
      .map(([, link = '']) => link)
      .filter((link) => !ELSEWHERE.test(link) && !leadsSomewhere(page, link))
      .map((link) => `${page}: ${link}`),
  )
}

function pages(): string[] {
  const below = readdirSync('docs', { recursive: true, encoding: 'utf8' }).map((file) => join('docs', file))
  return [...readdirSync('.'), ...below].filter((file) => file.endsWith('.md'))
}

function leadsSomewhere(page: string, link: string): boolean {
  const [path = '', heading] = link.split('#', 2)
  const file = path === '' ? page : join(dirname(page), decodeURI(path))
  if (!existsSync(file)) return false
  return heading === undefined || !file.endsWith('.md') || headingsOf(file).includes(heading)
}

/** As GitHub names them in links: lower case, without punctuation, spaces as hyphens. */
function headingsOf(file: string): string[] {
  return [...proseOf(file).matchAll(/^#+ +(.+)$/gm)].map(([, text = '']) =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

function proseOf(file: string): string {
  return readFileSync(file, 'utf8').replace(FENCE, '')
}
