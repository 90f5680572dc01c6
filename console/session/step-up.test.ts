import { describe, expect, it } from 'vitest'
import type { PageWindow } from '../../src/resource-server/browser.ts'
import type { SignedIn } from './open-id.ts'
import { createSessionStore, tokenOf } from './session.ts'
import { SignInFault } from './sign-in-fault.ts'
import { createStepUp, type StepUpAsk } from './step-up.ts'
import { goWhereTold, handOver } from './step-up-window.ts'
import { ALICE, fakeOpenId, fakeWindow, ORIGIN } from './testing/fakes.ts'

const WANTED = { acrValues: 'urn:entente:acr:2fa', maxAge: '300' }
const RAISED: SignedIn = { ...ALICE, accessToken: 'token-2' }

/** A page, and a window that it opens; `visit` is what the window's page does at each address. */
function openStage(answer: SignedIn | SignInFault, visit?: (child: ReturnType<typeof childOf>) => void) {
  const { openId, redeemed, wishes } = fakeOpenId(answer)
  const session = createSessionStore()
  session.set({ kind: 'person', ...ALICE })
  const inner = fakeWindow()
  const outer = fakeWindow()
  const went: string[] = []

  function childOf() {
    const child = {
      closed: false,
      opener,
      location: {
        origin: ORIGIN,
        search: '?code=c&state=s',
        replace: (url: string) => {
          went.push(url)
          // There and back: the same window, at the return address now.
          inner.listeners.clear()
          queueMicrotask(() => handOver(child))
        },
      },
      close() {
        child.closed = true
      },
      addEventListener: inner.addEventListener,
      postMessage: (data: unknown, target: string) => inner.receive(data, target, { origin: ORIGIN, source: opener }),
    }
    return child
  }
  let child: ReturnType<typeof childOf> | null = null
  const opener = {
    postMessage: (data: unknown, target: string) => outer.receive(data, target, { origin: ORIGIN, source: child }),
  }
  const page: PageWindow = {
    location: { href: `${ORIGIN}/console/providers`, origin: ORIGIN },
    open() {
      child = childOf()
      const opened = child
      queueMicrotask(() => (visit === undefined ? goWhereTold(opened) : visit(opened)))
      return opened
    },
    addEventListener: outer.addEventListener,
    removeEventListener: outer.removeEventListener,
  }
  return { stepUp: createStepUp({ openId, session, page }), session, redeemed, wishes, went, outer, opener }
}

function asked(ask: StepUpAsk | null): StepUpAsk {
  if (ask === null) throw new Error('nothing was asked')
  return ask
}

describe('a step-up', () => {
  it('asks for what the server wants, redeems in the page and replaces the token', async () => {
    const { stepUp, session, redeemed, wishes, went, outer } = openStage(RAISED)
    const answer = stepUp.challengeFor('delete this provider')(WANTED)
    const ask = asked(stepUp.get())
    expect([ask.purpose, ask.name]).toEqual(['delete this provider', 'Alice'])
    expect(await ask.prove(await ask.prepare())).toBeNull()
    ask.end(true)
    expect(await answer).toBe(true)
    expect(wishes).toEqual([{ organization: 'default', acrValues: WANTED.acrValues, maxAge: WANTED.maxAge }])
    expect(went).toEqual([`${ORIGIN}/oauth2/authorize?state=s`])
    expect(redeemed).toEqual(['?code=c&state=s'])
    expect(tokenOf(session.get())).toBe('token-2')
    expect([stepUp.get(), outer.listeners.size]).toEqual([null, 0])
  })

  it.each([
    ['somebody else’s proof', { ...RAISED, subject: 'bob-uid' }, 'other_person'],
    ['a namesake of another organisation', { ...RAISED, organisation: 'acme' }, 'other_person'],
    [
      'a refusal',
      new SignInFault('unmet_authentication_requirements', 'The level was not reached.'),
      'unmet_authentication_requirements',
    ],
  ])('leaves everything as it was after %s', async (_name, answer, code) => {
    const { stepUp, session } = openStage(answer)
    void stepUp.challengeFor('x')(WANTED)
    const ask = asked(stepUp.get())
    expect((await ask.prove(await ask.prepare()))?.code).toBe(code)
    expect(tokenOf(session.get())).toBe('token-1')
  })

  it('is given up by closing the window', async () => {
    const { stepUp, redeemed } = openStage(RAISED, (child) => child.close())
    void stepUp.challengeFor('x')(WANTED)
    const ask = asked(stepUp.get())
    expect((await ask.prove(await ask.prepare()))?.code).toBe('closed')
    expect(redeemed).toEqual([])
  })

  it('does not take the window’s word that it is done', async () => {
    const { stepUp, session } = openStage(RAISED, (child) => {
      child.opener.postMessage({ stepUp: 'done' }, ORIGIN)
    })
    void stepUp.challengeFor('x')(WANTED)
    const ask = asked(stepUp.get())
    expect((await ask.prove(await ask.prepare()))?.code).toBe('closed')
    expect(tokenOf(session.get())).toBe('token-1')
  })

  it.each([
    ['another window', { origin: ORIGIN, source: {} }],
    ['another origin', { origin: 'https://evil.example', source: null }],
  ])('hears nothing from %s', async (_name, from) => {
    const stage = openStage(RAISED, (child) => {
      const source = from.source ?? child
      stage.outer.receive({ stepUp: 'answer', search: '?code=evil&state=s' }, ORIGIN, { ...from, source })
      setTimeout(() => child.close(), 20)
    })
    void stage.stepUp.challengeFor('x')(WANTED)
    const ask = asked(stage.stepUp.get())
    await ask.prove(await ask.prepare())
    expect(stage.redeemed).toEqual([])
  })

  it('is asked of people only, and one at a time', async () => {
    const { stepUp, session } = openStage(RAISED)
    void stepUp.challengeFor('x')(WANTED)
    expect(await stepUp.challengeFor('y')(WANTED)).toBe(false)
    asked(stepUp.get()).end(false)
    session.set({ kind: 'operator', token: 't', organisation: 'default' })
    expect(await stepUp.challengeFor('y')(WANTED)).toBe(false)
  })
})

describe('the window of a step-up', () => {
  it.each([
    ['another site', 'https://evil.example/oauth2/authorize'],
    ['another page of ours', `${ORIGIN}/oauth2/logout`],
    ['a script', 'javascript:alert(1)'],
    ['no address', 'x'],
  ])('does not go to %s', async (_name, url) => {
    const went: string[] = []
    const inner = fakeWindow()
    const opener = { postMessage() {} }
    const location = { origin: ORIGIN, search: '', replace: (to: string) => void went.push(to) }
    goWhereTold({ opener, location, close() {}, addEventListener: inner.addEventListener })
    inner.receive({ stepUp: 'go', url }, ORIGIN, { origin: ORIGIN, source: opener })
    inner.receive({ stepUp: 'go', url: `${ORIGIN}/oauth2/authorize` }, ORIGIN, { origin: ORIGIN, source: {} })
    inner.receive({ stepUp: 'go', url: `${ORIGIN}/oauth2/authorize` }, ORIGIN, {
      origin: 'https://evil.example',
      source: opener,
    })
    await new Promise((resolve) => setTimeout(resolve))
    expect(went).toEqual([])
  })

  it('has nothing to do where nobody opened it', () => {
    const location = { origin: ORIGIN, search: '', replace() {} }
    const child = { opener: null, location, close() {}, addEventListener() {} }
    expect([goWhereTold(child), handOver(child)]).toEqual([false, false])
  })
})
