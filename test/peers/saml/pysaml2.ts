/** An identity provider of pysaml2, which signs with xmlsec1: the script beside this file, as a process. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '../../../src/cli/demo/server-process.ts'
import { openBrowser } from '../../../src/planes/openid-provider/testing/browser.ts'
import { formOn, makeKeyPair, PEOPLE, type SamlIdentityProvider, untilAnswered } from './identity-provider.ts'

/** `python` has the package. */
export async function startPysaml2(python: string): Promise<SamlIdentityProvider> {
  const folder = mkdtempSync(join(tmpdir(), 'entente-pysaml2-'))
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const { keyPem, certificatePem } = await makeKeyPair('pysaml2')
  const files = { key: join(folder, 'idp.pem'), certificate: join(folder, 'idp.crt') }
  writeFileSync(files.key, keyPem)
  writeFileSync(files.certificate, certificatePem)
  const people = Object.fromEntries(PEOPLE.map(({ login, ...person }) => [login, person]))
  writeFileSync(join(folder, 'settings.json'), JSON.stringify({ port, people, ...files }))
  const script = fileURLToPath(new URL('pysaml2_idp.py', import.meta.url))
  const child = spawn(python, [script, folder], {
    env: { PATH: process.env.PATH },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4_000)
  })
  const stop = async () => {
    child.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
  const metadataUrl = `${origin}/metadata`
  try {
    await untilAnswered(metadataUrl)
  } catch (error) {
    await stop()
    throw new Error(`pysaml2 did not start: ${said}`, { cause: error })
  }
  let agreed = 0
  return {
    origin,
    entityId: metadataUrl,
    metadataUrl,
    loginAttribute: { principal_type: 'FRIENDLY_ATTRIBUTE', principal_attribute: 'uid' },
    async agree(xml, agreement) {
      agreed += 1
      writeFileSync(join(folder, `sp-${agreed}.json`), JSON.stringify(agreement))
      writeFileSync(join(folder, `sp-${agreed}.xml`), xml)
    },
    async logIn({ url, form }, login) {
      const answer =
        form === null
          ? await fetch(`${url}&login=${login}`)
          : await fetch(url, { method: 'POST', body: new URLSearchParams({ ...form, login }) })
      const text = await answer.text()
      if (!answer.ok) throw new Error(`no response: ${text}`)
      return formOn({ url, text })
    },
    browserOf: () => openBrowser(origin),
    logoutUrl: (login) => `${origin}/logout?login=${login}`,
    async unsolicited(entityId, login) {
      const url = `${origin}/unsolicited?${new URLSearchParams({ sp: entityId, login })}`
      const text = await (await fetch(url)).text()
      return formOn({ url, text })
    },
    stop,
  }
}
