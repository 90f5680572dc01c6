/** A moment: how long ago in the text, when exactly for whoever points at it or reads the code. */
import { Text, Tooltip } from '@mantine/core'
import { agoText, exactText } from './moment-text.ts'

export function Moment({ at }: { readonly at: string }) {
  return (
    <Tooltip label={exactText(at)} withArrow events={{ hover: true, focus: true, touch: true }}>
      <Text component="time" dateTime={at} inherit className="nowrap">
        {agoText(at, Date.now())}
      </Text>
    </Tooltip>
  )
}
