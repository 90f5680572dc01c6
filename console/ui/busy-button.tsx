/** A button whose work takes a moment. It keeps the focus meanwhile, which a disabled one would lose, and does nothing twice. */
import { Button, type ButtonProps, Loader } from '@mantine/core'
import type { ComponentPropsWithoutRef, MouseEvent } from 'react'

type BusyButtonProps = ButtonProps &
  Omit<ComponentPropsWithoutRef<'button'>, keyof ButtonProps> & {
    /** At work: pressing it again does nothing. */
    readonly busy: boolean
    /** Cannot be pressed yet. */
    readonly waiting?: boolean
  }

export function BusyButton({ busy, waiting = false, onClick, children, ...props }: BusyButtonProps) {
  const isOff = busy || waiting
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (isOff) event.preventDefault()
    else onClick?.(event)
  }
  return (
    <Button
      {...props}
      onClick={press}
      aria-disabled={isOff}
      {...(isOff ? { 'data-disabled': true } : {})}
      aria-busy={busy}
    >
      {busy && <Loader size={14} color="currentColor" mr={8} aria-hidden />}
      {children}
    </Button>
  )
}
