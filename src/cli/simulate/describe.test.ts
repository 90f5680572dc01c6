import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { simulatedLogins } from '../../../simulators/people/catalogue.ts'
import { openStage } from '../../../simulators/stage.ts'
import { workloadSources } from '../../../simulators/workloads/catalogue.ts'
import { describeStage, textOf } from './describe.ts'

/** What a shell that read the text says. */
function shell(text: string, command: string): string {
  return execFileSync('sh', ['-c', `eval "$1"; ${command}`, 'sh', text], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH },
  })
}

describe('what is printed about simulators', () => {
  it('can be read by a shell, whatever it holds', async () => {
    const stage = await openStage(workloadSources, { logins: simulatedLogins })
    try {
      const description = describeStage(stage, { caFile: "/tmp/it's here/$(date).pem", audience: 'entente.example' })
      const text = textOf(description)
      expect(shell(text, 'printf %s "$ENTENTE_UPSTREAM_CA"')).toBe("/tmp/it's here/$(date).pem")
      expect(shell(text, 'printf %s "$ENTENTE_UPSTREAM_CONNECT_TO"')).toBe(stage.connectTo)
      expect(shell(text, 'printf %s "$ENTENTE_SIMULATOR_CONTROL_URL $ENTENTE_SIMULATOR_CONTROL_TOKEN"')).toBe(
        `${stage.control.url} ${stage.control.token}`,
      )
      expect(shell(text, 'printf %s "$ACTIONS_ID_TOKEN_REQUEST_URL"')).toBe(
        stage.source('github').environment.ACTIONS_ID_TOKEN_REQUEST_URL,
      )
      expect(
        shell(text, 'env')
          .split('\n')
          .filter((line) => line.startsWith('ENTENTE_')),
      ).toHaveLength(4)
      expect(JSON.parse(JSON.stringify(description))).toEqual(description)
    } finally {
      await stage.stop()
    }
  })

  it('has, for each, the request that registers it, and for each source the one that mints', async () => {
    const stage = await openStage(workloadSources, { logins: simulatedLogins })
    const { sources, logins } = describeStage(stage, { caFile: 'ca.pem', audience: "it's" })
    await stage.stop()
    expect(sources.map(({ name }) => name)).toEqual(workloadSources.map(({ name }) => name))
    for (const { name, mint, register, registration } of sources) {
      // The shell’s own reading of the words: a stand-in for curl prints its last one.
      const last = (command: string) => shell('', `curl() { for word; do :; done; printf %s "$word"; }; ${command}`)
      expect(JSON.parse(last(register))).toEqual(registration)
      expect(JSON.parse(last(mint))).toEqual({ audience: "it's" })
      expect(mint).toContain(`/${name}/token`)
    }
    expect(logins.map(({ name }) => name)).toEqual(simulatedLogins.map(({ name }) => name))
    for (const { register, registration, people } of logins) {
      const words = shell('', `curl() { for word; do :; done; printf %s "$word"; }; ${register}`)
      expect(JSON.parse(words)).toEqual(registration)
      expect(people).toContain('alice')
    }
  })
})
