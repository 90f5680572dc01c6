/** Before anything else: as a person through the organisation's own login, or with the operator token. */
import { Anchor, Center, Code, Divider, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { createEntenteClient } from '../../src/client/index.ts'
import { BusyButton } from '../ui/busy-button.tsx'
import { ColourSwitch } from '../ui/colour-switch.tsx'
import { Notice } from '../ui/notice.tsx'
import { useConsole } from './console.tsx'
import { answerOf, Refusal } from './refusal.ts'
import type { Farewell } from './session.ts'
import { SignInFault } from './sign-in-fault.ts'

export function SignInPage({ why }: { readonly why: Farewell | null }) {
  const { settings } = useConsole()
  const [own, setWord] = useState<Farewell | null | undefined>()
  // What came of the last try here; before one, why the page is shown.
  const word = own === undefined ? why : own
  return (
    <Center component="main" mih="100vh" p="md">
      <Stack w="100%" maw={380} gap="md">
        <Stack gap={2}>
          <Title order={1}>Entente</Title>
          <Text c="dimmed">The console of {new URL(settings.issuer).host}</Text>
        </Stack>
        {word !== null && <Word {...word} />}
        {window.location.origin === new URL(settings.issuer).origin ? (
          <ByLogin onWord={setWord} />
        ) : (
          <Elsewhere issuer={settings.issuer} />
        )}
        <Divider label="or" />
        <ByToken onWord={setWord} />
        <Center>
          <ColourSwitch />
        </Center>
      </Stack>
    </Center>
  )
}

interface WayIn {
  onWord(word: Farewell | null): void
}

function Word({ tone, sentence, code, decision }: Farewell) {
  return (
    <Notice tone={tone}>
      <Text size="sm">{sentence}</Text>
      {code !== undefined && (
        <Text size="xs" c="dimmed" mt={4} className="breaks">
          <Code>{code}</Code>
          {decision != null && ` · decision ${decision}`}
        </Text>
      )}
    </Notice>
  )
}

function ByLogin({ onWord }: WayIn) {
  const console = useConsole()
  const [organization, setOrganization] = useState('')
  const [isLeaving, setLeaving] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    onWord(null)
    setLeaving(true)
    try {
      await console.signIn(organization.trim() === '' ? {} : { organization: organization.trim() })
    } catch (error) {
      const { message: sentence, code } = SignInFault.of(error)
      onWord({ tone: 'fault', sentence, code })
      setLeaving(false)
    }
  }
  return (
    <Paper withBorder p="md" component="form" onSubmit={submit}>
      <Stack gap="sm">
        <TextInput
          label="Organisation"
          description="Its short name. Leave it empty to be asked for your e-mail address."
          value={organization}
          onChange={(event) => setOrganization(event.currentTarget.value)}
          autoCapitalize="none"
          autoComplete="organization"
          spellCheck={false}
        />
        <BusyButton type="submit" busy={isLeaving} fullWidth>
          Sign in
        </BusyButton>
      </Stack>
    </Paper>
  )
}

/** The way in works where the server says that it is, and nowhere else. */
function Elsewhere({ issuer }: { readonly issuer: string }) {
  const address = new URL('/console/', issuer).href
  return (
    <Paper withBorder p="md">
      <Text size="sm">
        People sign in at{' '}
        <Anchor href={address} underline="always">
          {address}
        </Anchor>
        , the address that this server has in the world.
      </Text>
    </Paper>
  )
}

const OTHER_TOKEN =
  'This is not the operator token of this server. It is in the file operator-token of its data directory, or in ENTENTE_OPERATOR_TOKEN.'

function ByToken({ onWord }: WayIn) {
  const { session, memory, settings } = useConsole()
  const [token, setToken] = useState('')
  const [isAsking, setAsking] = useState(false)
  const [isOpen, setOpen] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    onWord(null)
    setAsking(true)
    try {
      // Whether the server takes it, it says itself.
      const client = createEntenteClient({ baseUrl: window.location.origin, token: token.trim() })
      await answerOf(client.GET('/apis/entente.dev/v1/organizations', { params: { query: { limit: '1' } } }))
      // A reload asks again for a way in, and does not come back as a person.
      memory.note(false)
      session.set({ kind: 'operator', token: token.trim(), organisation: settings.defaultOrganization })
    } catch (error) {
      const refused = error instanceof Refusal ? error : SignInFault.of(error)
      const isOther = refused instanceof Refusal && refused.status === 401
      onWord({ tone: 'fault', sentence: isOther ? OTHER_TOKEN : refused.message, code: refused.code })
      setAsking(false)
    }
  }
  if (!isOpen) {
    return (
      <Anchor component="button" type="button" size="sm" onClick={() => setOpen(true)}>
        Use the operator token
      </Anchor>
    )
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <PasswordInput
          label="Operator token"
          description="Kept in this page’s memory until you sign out or reload, and nowhere else."
          value={token}
          onChange={(event) => setToken(event.currentTarget.value)}
          autoComplete="off"
          required
          autoFocus
        />
        <BusyButton type="submit" variant="default" busy={isAsking}>
          Use the token
        </BusyButton>
      </Stack>
    </form>
  )
}
