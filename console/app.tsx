/** Who is not signed in is asked to; everybody else gets the pages. */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { useState } from 'react'
import { createConsoleRouter } from './router.tsx'
import { type Console, ConsoleProvider, useConsole, useSession } from './session/console.tsx'
import { Refusal } from './session/refusal.ts'
import { SignInPage } from './session/sign-in-page.tsx'
import { StepUpDialog } from './session/step-up-dialog.tsx'
import { Frame } from './ui/frame.tsx'

export function App({ console }: { readonly console: Console }) {
  return (
    <Frame>
      <ConsoleProvider console={console}>
        <Gate />
      </ConsoleProvider>
    </Frame>
  )
}

function Gate() {
  const session = useSession()
  if (session.kind === 'nobody') return <SignInPage why={session.why} />
  // A step-up changes the token, not the person: what is on the page stays.
  return <Pages key={session.kind === 'operator' ? 'operator' : session.subject} />
}

function Pages() {
  const console = useConsole()
  const [queries] = useState(createQueries)
  const [router] = useState(() => createConsoleRouter(console, queries))
  return (
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
      <StepUpDialog />
    </QueryClientProvider>
  )
}

function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        // A refusal stays one; a server that did not answer may do so the next time.
        retry: (failures, error) => !(error instanceof Refusal) && failures < 2,
      },
    },
  })
}
