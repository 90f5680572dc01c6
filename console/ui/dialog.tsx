/**
 * A question in front of the page. Where one leads to another, as a deletion to a step-up, the last one stands in front and
 * alone is answered; the one before is still there after it.
 */
import { Modal } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'

interface DialogProps {
  /** Its own among those that may be open together. */
  readonly name: string
  readonly opened: boolean
  readonly title: string
  readonly children: ReactNode
  onClose(): void
}

export function Dialog({ name, ...props }: DialogProps) {
  useReturnOfFocus(props.opened)
  return <Modal {...props} stackId={name} closeOnClickOutside={false} returnFocus={false} />
}

/** To where it was: Mantine's own forgets that once another dialog has stood in front. */
function useReturnOfFocus(isOpen: boolean): void {
  useEffect(() => {
    if (!isOpen) return
    const before = document.activeElement
    return () => {
      // When the dialog has let go of it. What is not there any more has no focus to take.
      if (before instanceof HTMLElement) setTimeout(() => before.focus({ preventScroll: true }), 20)
    }
  }, [isOpen])
}

export function Dialogs({ children }: { readonly children: ReactNode }) {
  return <Modal.Stack>{children}</Modal.Stack>
}
