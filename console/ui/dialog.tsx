/**
 * A question in front of the page. Where one leads to another, as a deletion to a step-up, the last one stands in front and
 * alone is answered; the one before is still there after it.
 */
import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'

interface DialogProps {
  /** Its own among those that may be open together. */
  readonly name: string
  readonly opened: boolean
  readonly title: string
  readonly children: ReactNode
  onClose(): void
}

export function Dialog({ name, ...props }: DialogProps) {
  return <Modal {...props} stackId={name} closeOnClickOutside={false} />
}

export function Dialogs({ children }: { readonly children: ReactNode }) {
  return <Modal.Stack>{children}</Modal.Stack>
}
