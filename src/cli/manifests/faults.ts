/** What can go wrong between the command line and a server's manifests. `invalid`: called wrongly, nothing was sent. */
import { faultsOf } from '../../fault.ts'

export const manifestFaults = {
  'cli.called_wrongly': {
    kind: 'invalid',
    message: 'The command was called wrongly.',
    remedy: 'Look at --help of the command.',
  },
  'cli.documents_unreadable': {
    kind: 'invalid',
    message: 'The documents cannot be read.',
    remedy: 'Correct the files that are named; nothing was sent.',
  },
  'cli.no_token': {
    kind: 'invalid',
    message: 'There is no token to call the server with.',
    remedy: 'Give --token-file, set ENTENTE_TOKEN, or run where the data directory of the server is (ENTENTE_DATA).',
  },
  'cli.no_subject_token': {
    kind: 'invalid',
    message: 'There is no token to exchange.',
    remedy:
      'Give --subject-token-file (- is standard input) or --subject-token-env, or run in a GitHub job with the permission id-token: write.',
  },
  'cli.no_token_endpoint': {
    kind: 'upstream',
    message: 'What answers there is no token endpoint of Entente.',
    remedy: 'Look whether --server or ENTENTE_URL names the server and not something in front of it.',
  },
  'cli.turned_away': {
    kind: 'unavailable',
    message: 'The server takes no more requests for now.',
    remedy: 'Try again in a minute; if it lasts, somebody at your address sends many bad requests.',
  },
  'cli.server_unreachable': {
    kind: 'unavailable',
    message: 'The server cannot be reached.',
    remedy: 'Look whether it runs, and whether --server or ENTENTE_URL names it.',
  },
  'cli.certificate_unknown': {
    kind: 'upstream',
    message: 'The certificate of the server is not trusted.',
    remedy: 'Name the PEM file of the authority behind it in NODE_EXTRA_CA_CERTS.',
  },
  'cli.no_manifests': {
    kind: 'upstream',
    message: 'What answers there is no Entente server, or another version of it.',
    remedy: 'Look whether --server or ENTENTE_URL names the server and not something in front of it.',
  },
  'cli.token_refused': {
    kind: 'unauthenticated',
    message: 'The server does not take the token.',
    remedy: 'Look whether it has expired, or belongs to another server.',
  },
  'cli.forbidden': {
    kind: 'denied',
    message: 'The token may not do this.',
    remedy: 'Writing needs the role admin, writing an Organization the role operator, reading the role viewer.',
  },
  'cli.missing': {
    kind: 'missing',
    message: 'There is no such object.',
    remedy: 'Look at the name and at the namespace (-n).',
  },
  'cli.refused': {
    kind: 'conflict',
    message: 'The server refuses this.',
    remedy: 'The answer of the server says why.',
  },
} as const

export const manifestFault = faultsOf(manifestFaults)
