/** Around every page: where one is, who one is, and where else one could go. */
import './shell.css'
import { Anchor, Burger, Group, Stack, Text } from '@mantine/core'
import { Link, Outlet, useLocation } from '@tanstack/react-router'
import { useState } from 'react'
import { useConsole, useSession } from '../session/console.tsx'
import { ColourSwitch } from './colour-switch.tsx'
import { OrganisationChoice } from './organisation-choice.tsx'

const PLACES = [
  { to: '/providers', name: 'Providers' },
  { to: '/decisions', name: 'Decisions' },
  { to: '/signing-keys', name: 'Signing keys' },
] as const

export function Shell() {
  const { href } = useLocation()
  // On a phone: where it was opened. Whoever has gone elsewhere has used it.
  const [openAt, setOpenAt] = useState<string | null>(null)
  const isOpen = openAt === href
  return (
    <div className="shell">
      <a className="skip" href="#page">
        Skip to the page
      </a>
      <nav aria-label="Console" className="shell-head">
        <Text component={Link} to="/" className="brand">
          Entente
        </Text>
        <Burger
          className="shell-burger"
          opened={isOpen}
          onClick={() => setOpenAt(isOpen ? null : href)}
          size="sm"
          aria-label="Menu"
          aria-expanded={isOpen}
          aria-controls="menu"
        />
      </nav>
      <div id="menu" className="shell-side" data-open={isOpen}>
        <nav aria-label="Pages">
          {PLACES.map(({ to, name }) => (
            <Link key={to} to={to} className="place" activeProps={{ 'aria-current': 'page' }}>
              {name}
            </Link>
          ))}
        </nav>
        <Stack component="aside" aria-label="You" gap="sm" className="shell-foot">
          <OrganisationChoice />
          <Me />
          <ColourSwitch />
        </Stack>
      </div>
      <main id="page" tabIndex={-1} className="shell-main">
        <Outlet />
      </main>
    </div>
  )
}

function Me() {
  const { signOut, settings } = useConsole()
  const session = useSession()
  if (session.kind === 'nobody') return null
  const isPerson = session.kind === 'person'
  return (
    <Stack gap={4}>
      <Text size="sm" fw={600} className="breaks">
        {isPerson ? session.name : 'Operator token'}
      </Text>
      {isPerson && (
        <Text size="xs" c="dimmed">
          {session.roles.length === 0 ? 'without a role' : session.roles.join(', ')} in {session.organisation}
        </Text>
      )}
      <Group gap="sm">
        <Anchor component="button" type="button" size="sm" onClick={() => void signOut()}>
          Sign out
        </Anchor>
        <Text size="xs" c="dimmed">
          {settings.version}
        </Text>
      </Group>
    </Stack>
  )
}
