/** `entente exchange`: trades the token that a job already has for one of Entente's. */
import { setTimeout as sleep } from 'node:timers/promises'
import { Command, Option } from 'commander'
import { parseClientId } from '../registry/cutename.ts'
import { at } from './demo/api.ts'
import { createProgress, type Progress } from './exchange/progress.ts'
import { requestToken, type TokenAnswer } from './exchange/request.ts'
import { type SubjectToken, subjectTokenOf } from './exchange/subject-token.ts'
import { durationText, lookInto, suspicions, type UnverifiedToken } from './exchange/unverified.ts'
import { SERVER_HELP, serverOf } from './manifests/connection.ts'
import { manifestFault } from './manifests/faults.ts'
import { outputOption } from './manifests/output.ts'
import { printable } from './manifests/printable.ts'
import { run, say } from './manifests/run.ts'

const HELP = `
The token comes from --subject-token-file, --subject-token-env, or in a GitHub
job from GitHub, which is asked for one with the audience of the client id (the
job needs \`permissions: id-token: write\`). The new token goes to stdout, and
nothing else does; what happens is told on stderr. For a server behind an
authority of your own, NODE_EXTRA_CA_CERTS names its PEM file.

Exit codes: 0 the token is printed, 1 the server could not be asked, 2 called
wrongly, 3 refused.

Examples:
  entente exchange --client-id clever-fox-42195@id.example.com/wfe
  entente exchange --client-id $CLIENT_ID --subject-token-env ID_TOKEN
  kubectl create token deployer --audience id.example.com |
    entente exchange --client-id $CLIENT_ID --subject-token-file -
  TOKEN=$(entente exchange --client-id $CLIENT_ID --scope deploy --quiet)`

const GRANT = 'urn:ietf:params:oauth:grant-type:token-exchange'
const TYPES = ['jwt', 'id_token', 'access_token']
const REFUSED = 3
const ATTEMPTS = 4

interface Flags {
  readonly server?: string
  readonly clientId?: string
  readonly audience?: readonly string[]
  readonly resource?: string
  readonly scope?: string
  readonly subjectTokenFile?: string
  readonly subjectTokenEnv?: string
  readonly subjectTokenType: string
  readonly githubAudience?: string
  readonly output: string
  readonly quiet?: boolean
}

export function exchangeCommand(): Command {
  return new Command('exchange')
    .description("trade a job's token for one of Entente's")
    .option('--server <url>', SERVER_HELP)
    .option('--client-id <id>', 'client id of the trust (ENTENTE_CLIENT_ID)')
    .option(
      '--audience <name>',
      "a provider's resource name, in place of a client id; or whom the token is for",
      collect,
    )
    .option('--resource <uri>', 'whom the token is for')
    .option('--scope <scopes>', 'scopes to ask for, joined by spaces')
    .option('--subject-token-file <file>', 'file with the token to exchange; - is standard input')
    .option('--subject-token-env <name>', 'variable with the token to exchange')
    .addOption(new Option('--subject-token-type <type>', 'what it is').choices(TYPES).default('jwt'))
    .option('--github-audience <name>', "audience to ask GitHub for, if not the client id's")
    .addOption(outputOption(['token', 'json']))
    .option('-q, --quiet', 'tell nothing but refusals')
    .addHelpText('after', HELP)
    .action(exchange)
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value]
}

function exchange(flags: Flags): Promise<void> {
  return run(async () => {
    const url = `${serverOf({ ...flags }, process.env)}/oauth2/token`
    const { clientId, audience } = addresseeOf(flags)
    const progress = createProgress(process.stderr, process.env, flags.quiet === true)
    const subject = await subjectTokenOf(flags, process.env, flags.githubAudience ?? audience)
    const seen = lookInto(subject.token)
    tellSubject(progress, subject, seen)
    const answer = await requestToken(url, formOf(flags, clientId, subject.token), {
      attempts: ATTEMPTS,
      sleep,
      onWait: (seconds, why) => progress.waiting('waiting', `${durationText(seconds)}: ${why}`),
    })
    if (answer.status !== 200) {
      tellRefusal(progress, answer, suspicions(seen, audience, new Date()))
      return REFUSED
    }
    tellSuccess(progress, url, answer)
    say(flags.output === 'json' ? JSON.stringify(answer.body, null, 2) : String(at(answer.body, 'access_token')))
    return 0
  })
}

/** What the request names, and the audience that the subject token should have: the client id's. Faults: cli.called_wrongly */
function addresseeOf(flags: Flags): { readonly clientId: string | null; readonly audience: string | null } {
  const clientId = flags.clientId ?? (process.env.ENTENTE_CLIENT_ID || null)
  if (clientId === null) {
    const [provider] = flags.audience ?? []
    if (provider !== undefined) return { clientId, audience: provider }
    const message =
      'Nothing says which trust to use: give --client-id, or --audience with the resource name of a provider.'
    throw manifestFault('cli.called_wrongly', { message })
  }
  const id = parseClientId(clientId)
  if (id === null) {
    const message = `'${printable(clientId)}' is no client id of a trust, which looks like clever-fox-42195@id.example.com/wfe.`
    throw manifestFault('cli.called_wrongly', { message })
  }
  return { clientId, audience: id.audience }
}

function formOf(flags: Flags, clientId: string | null, token: string): URLSearchParams {
  const form = new URLSearchParams({
    grant_type: GRANT,
    subject_token: token,
    subject_token_type: `urn:ietf:params:oauth:token-type:${flags.subjectTokenType}`,
  })
  if (clientId !== null) form.set('client_id', clientId)
  for (const audience of flags.audience ?? []) form.append('audience', audience)
  if (flags.resource !== undefined) form.set('resource', flags.resource)
  if (flags.scope !== undefined) form.set('scope', flags.scope)
  return form
}

function tellSubject(progress: Progress, { from }: SubjectToken, seen: UnverifiedToken | null): void {
  if (seen === null) {
    progress.done('subject token', `from ${from}`)
    return
  }
  const audiences = seen.audiences.map(printable).join(' and ') || 'nobody'
  progress.done('subject token', `from ${from}, for ${audiences}`, printable(seen.subject ?? 'without a subject'))
}

function tellSuccess(progress: Progress, url: string, { body, decisionId }: TokenAnswer): void {
  const lifetime = at(body, 'expires_in')
  const scope = at(body, 'scope')
  const until = typeof lifetime === 'number' ? `, valid for ${durationText(lifetime)}` : ''
  progress.done(
    'exchanged',
    `at ${url}${until}`,
    ...(typeof scope === 'string' ? [`scope ${printable(scope) || '(none)'}`] : []),
    ...(decisionId === null ? [] : [`decision ${printable(decisionId)}`]),
  )
}

/** The server tells a stranger no more than that; what the holder can see for themselves stands below it. */
function tellRefusal(progress: Progress, { status, body, decisionId }: TokenAnswer, hints: readonly string[]): void {
  const said = at(body, 'error_description')
  progress.failed(
    'refused',
    typeof said === 'string' ? printable(said) : 'The server does not say why.',
    progress.paint.dim(`${printable(String(at(body, 'error')))} (${status})`),
  )
  for (const hint of hints) progress.detail('look at this', hint)
  if (decisionId === null) return
  progress.detail('every check', `is shown to operators by: entente explain ${printable(decisionId)}`)
}
