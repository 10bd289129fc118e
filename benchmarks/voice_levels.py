"""How loud, fast and clean the embedded voice says what screens say: figures, where there are no ears.

    make voice-levels

Says every sentence of every screen in both languages, and prints peaks, loudness and pace. Ends with a status
when a sentence is silent, or more than one sample in a million is clipped.
"""

import math
import statistics
import sys
from array import array
from collections.abc import Sequence

from drivers.loudspeaker.loudspeaker import RATE_HZ
from kiosk.voice.engine import EmbeddedVoice
from tests.flows.hall import LANGUAGES
from tests.voice.test_speech import views

FULL_SCALE = 32767
MOST_CLIPPED = 1e-6


def main() -> int:
    """Say everything, and return whether something is wrong with it."""
    voice, wrong = EmbeddedVoice(), 0
    print(f"{'':8}{'sentences':>10}  least, median, most of")
    for language in LANGUAGES:
        texts = sorted({sentence.text for view in views(language) for sentence in view.speech})
        said = [array("h", voice.samples_of(text, language)) for text in texts]
        silent = [text for text, samples in zip(texts, said, strict=True) if not any(samples)]
        clipped = sum(abs(sample) >= FULL_SCALE for samples in said for sample in samples)
        share = clipped / sum(map(len, said))
        wrong += bool(silent) + (share > MOST_CLIPPED)
        print(
            f"{language:8}{len(texts):10}  peak {_three([_peak(samples) for samples in said])} of full scale"
        )
        print(f"{'':20}loudness {_three([_loudness(samples) for samples in said])} dB")
        pace = [len(text) / len(samples) * RATE_HZ for text, samples in zip(texts, said, strict=True)]
        print(f"{'':20}pace {_three(pace)} characters a second")
        print(f"{'':20}{clipped} samples clipped ({share:.1e}), {len(silent)} sentences silent")
    voice.close()
    return int(wrong > 0)


def _peak(samples: Sequence[int]) -> float:
    return max(map(abs, samples)) / FULL_SCALE


def _loudness(samples: Sequence[int]) -> float:
    return 10 * math.log10(sum(sample * sample for sample in samples) / len(samples) / FULL_SCALE**2)


def _three(figures: Sequence[float]) -> str:
    return ", ".join(f"{figure:.2f}" for figure in (min(figures), statistics.median(figures), max(figures)))


if __name__ == "__main__":
    sys.exit(main())
