/** A link to another page of the console, as Mantine draws links. */
import { Anchor, type AnchorProps } from '@mantine/core'
import { createLink } from '@tanstack/react-router'
import type { ComponentPropsWithRef } from 'react'

type PlainLinkProps = AnchorProps & Omit<ComponentPropsWithRef<'a'>, keyof AnchorProps>

function PlainLink(props: PlainLinkProps) {
  return <Anchor {...props} />
}

export const PageLink = createLink(PlainLink)
