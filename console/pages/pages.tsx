/** The pages of somebody who is signed in, and what they have asked the server. Both end with the session. */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { useState } from 'react'
import { createConsoleRouter } from '../router.tsx'
import { useConsole } from '../session/console.tsx'
import { Refusal } from '../session/refusal.ts'
import { StepUpDialog } from '../session/step-up-dialog.tsx'
import { Dialogs } from '../ui/dialog.tsx'

export default function Pages() {
  const console = useConsole()
  const [queries] = useState(createQueries)
  const [router] = useState(() => createConsoleRouter(console, queries))
  return (
    <QueryClientProvider client={queries}>
      <Dialogs>
        <RouterProvider router={router} />
        <StepUpDialog />
      </Dialogs>
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
