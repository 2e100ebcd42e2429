package org.rollcall.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SharedTextsTest {
  @Test
  void texts_beyond_what_memory_keeps_come_back_in_any_order() {
    try (SharedTexts texts = new SharedTexts()) {
      for (int i = 0; i < 400_000; i++) {
        texts.add(text(i));
      }

      Random random = new Random(3);
      for (int i = 0; i < 400_000; i++) {
        assertThat(texts.text(i)).isEqualTo(text(i));
      }
      for (int i = 0; i < 50_000; i++) {
        int index = random.nextInt(400_000);
        assertThat(texts.text(index)).isEqualTo(text(index));
      }
    }
  }

  /** Up to 100 kB, most of them short, together several times what memory keeps. */
  private static String text(int index) {
    return index % 1_000 == 0 ? "ä" + index + "x".repeat(50_000 + index % 7) : "text ü " + index;
  }

  @Test
  void text_beyond_the_last_is_an_error() {
    try (SharedTexts texts = new SharedTexts()) {
      texts.add("");

      assertThat(texts.text(0)).isEmpty();
      assertThatThrownBy(() -> texts.text(1)).isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> texts.text(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }
  }
}
