/** The demo that is left running, as its last lines say: a real browser signs in to its console, with nothing set up for it. */
import { spawn } from 'node:child_process'
import { expect, it } from 'vitest'
import { endOf } from '../peers/run-program.ts'
import { program } from '../peers/world.ts'
import { openBrowser } from './browser.ts'
import { buildConsole } from './built-console.ts'

it('the demo that is kept has a console, which its administrator opens', async () => {
  buildConsole()
  const child = spawn(process.execPath, [...program(), 'demo', '--keep'], { env: { PATH: process.env.PATH } })
  const end = endOf(child)
  const chrome = await openBrowser()
  try {
    const said = await new Promise<string>((resolve, reject) => {
      let text = ''
      child.stdout.on('data', (part: string) => {
        text += part
        if (text.includes('# be the job')) resolve(text)
      })
      child.once('close', () => reject(new Error(`ended: ${text}`)))
    })
    const [url = ''] = /http:\/\/localhost:\d+\/console\//.exec(said) ?? []
    const [, email = ''] = /sign in as (\S+) +role admin/.exec(said) ?? []
    const page = await (await chrome.newContext()).newPage()
    await page.goto(url)
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.locator('input[name=identifier]').fill(email)
    await page.keyboard.press('Enter')
    await page.getByText('admin in default').waitFor()
    await page.getByRole('link', { name: 'Demo company' }).waitFor()
    expect(page.url()).toBe(`${url}providers`)
  } finally {
    await chrome.close()
    child.kill('SIGINT')
    expect((await end).code).toBe(0)
  }
})
