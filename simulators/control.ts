/**
 * Where a simulator is told to misbehave. A server of its own on a port of its own, with a bearer token: no path sent to
 * the public side can reach it, and no web page on this machine either.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import { answerJson, close, LOOPBACK, listen, pathOf } from './loopback.ts'

export interface Control {
  readonly url: string
  readonly token: string
  stop(): Promise<void>
}

/** Key: method and path, `POST /rotate`. The body is parsed JSON, or an empty record. What is returned is the answer; a text as it is. */
export type Commands = Readonly<Record<string, (body: Readonly<Record<string, unknown>>) => unknown>>

const BODY_LIMIT_BYTES = 65_536

export async function openControl(commands: Commands, port = 0): Promise<Control> {
  const token = randomBytes(24).toString('base64url')
  const server = createServer(async (request, response) => {
    if (!isAllowed(request, token)) return answerJson(response, 401, { error: 'the control token is needed' })
    const command = commands[`${request.method} ${pathOf(request)}`]
    if (command === undefined)
      return answerJson(response, 404, { error: 'no such command', commands: Object.keys(commands) })
    try {
      const answer = (await command(await bodyOf(request))) ?? {}
      if (typeof answer === 'string') response.writeHead(200, { 'content-type': 'text/plain' }).end(answer)
      else answerJson(response, 200, answer)
    } catch (error) {
      answerJson(response, 400, { error: error instanceof Error ? error.message : String(error) })
    }
  })
  const at = await listen(server, port)
  return { url: `http://${LOOPBACK}:${at}`, token, stop: () => close(server) }
}

function isAllowed(request: IncomingMessage, token: string): boolean {
  const given = Buffer.from(request.headers.authorization ?? '')
  const wanted = Buffer.from(`Bearer ${token}`)
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = ''
  for await (const chunk of request) {
    text += String(chunk)
    if (text.length > BODY_LIMIT_BYTES) throw new Error('the body is too large')
  }
  const body: unknown = text === '' ? {} : JSON.parse(text)
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new Error('the body is not a JSON object')
  return { ...body }
}
