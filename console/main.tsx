/**
 * THE CONSOLE
 *
 * Owns: pages for operators and administrators in the browser, below `/console/`: providers, signing keys, decisions.
 * pages/ (a folder for each), ui/ (what they share), session/ (signing in, the step-up, the client).
 * Does not own: rules, words or rights. It calls the faces with the typed client like anybody else (src/client), shows what they
 * answer, and meets a challenge with the page's helper for step-up (src/resource-server/browser.ts). Sign-in and step-up
 * pages are the server's own.
 *
 * Nothing secret is kept: the access token lives in the memory of the page.
 */
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { arrive } from './session/arrive.ts'
import { openConsole } from './session/open-console.ts'
import { STEP_UP_PATH } from './session/return-path.ts'
import { loadSettings } from './session/settings.ts'
import { goWhereTold, handOver } from './session/step-up-window.ts'
import { Frame } from './ui/frame.tsx'
import { LonelyWindow, Unavailable, WorkingWindow } from './ui/window-pages.tsx'

const root = createRoot(document.getElementById('console') ?? document.body, {
  // A part that cannot be loaded, or a fault of ours: better a sentence than an empty page.
  onUncaughtError: (error) => setTimeout(fail, 0, error),
})

async function start(): Promise<void> {
  if (window.location.pathname === STEP_UP_PATH) {
    root.render(<Frame>{goWhereTold(window) ? <WorkingWindow /> : <LonelyWindow />}</Frame>)
    return
  }
  try {
    const console = openConsole(await loadSettings(), window)
    switch (await arrive(console, window)) {
      case 'here':
        return root.render(<App console={console} />)
      case 'foreign':
        return root.render(<Frame>{handOver(window) ? <WorkingWindow /> : <LonelyWindow />}</Frame>)
      case 'gone':
        return root.render(<Frame>{null}</Frame>)
    }
  } catch (error) {
    fail(error)
  }
}

function fail(error: unknown): void {
  root.render(
    <Frame>
      <Unavailable error={error} />
    </Frame>,
  )
}

void start()
