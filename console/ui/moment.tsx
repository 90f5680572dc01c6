/** A moment: how long ago in the text, when exactly for whoever points at it or reads the code. */
import { agoText, exactText } from './moment-text.ts'

export function Moment({ at }: { readonly at: string }) {
  return (
    <time dateTime={at} title={exactText(at)} className="nowrap">
      {agoText(at, Date.now())}
    </time>
  )
}
