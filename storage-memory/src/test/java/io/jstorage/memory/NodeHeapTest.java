package io.jstorage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class NodeHeapTest {
  private static final class Box {
    int index = NodeHeap.ABSENT;
  }

  private static final class Boxes extends NodeHeap<Box> {
    Boxes() {
      super(200);
    }

    @Override
    int indexOf(Box box) {
      return box.index;
    }

    @Override
    void setIndex(Box box, int index) {
      box.index = index;
    }
  }

  @Test
  void whateverIsDoneToItTheSmallestIsFirst() {
    Boxes heap = new Boxes();
    TreeMap<Long, Box> model = new TreeMap<>();
    Random random = new Random(1);
    for (int i = 0; i < 50_000; i++) {
      long number = random.nextInt(1_000_000) * 1_000_000L + i;
      switch (random.nextInt(5)) {
        case 0, 1 -> {
          if (model.size() < 200) {
            Box box = new Box();
            heap.add(box, number);
            model.put(number, box);
          }
        }
        case 2 -> {
          Map.Entry<Long, Box> any = model.ceilingEntry(number);
          if (any != null) {
            heap.remove(any.getValue());
            model.remove(any.getKey());
            assertThat(any.getValue().index).isEqualTo(NodeHeap.ABSENT);
          }
        }
        case 3 -> {
          Map.Entry<Long, Box> any = model.ceilingEntry(number);
          if (any != null) {
            Box replacement = new Box();
            heap.replace(any.getValue(), replacement);
            model.put(any.getKey(), replacement);
          }
        }
        default -> {
          if (!model.isEmpty() && number > model.firstKey()) {
            Box box = model.remove(model.firstKey());
            heap.raiseFirst(number);
            model.put(number, box);
          }
        }
      }
      assertThat(heap.isEmpty()).isEqualTo(model.isEmpty());
      if (!model.isEmpty()) {
        assertThat(heap.first()).isSameAs(model.firstEntry().getValue());
        assertThat(heap.firstNumber()).isEqualTo(model.firstKey());
      }
    }
  }

  @Test
  void aFullHeapIsNotCopiedToMakeRoomThatItMayNotHave() {
    Boxes heap = new Boxes();
    for (int i = 0; i < 200; i++) {
      heap.add(new Box(), i);
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 1000; i++) {
      heap.reserve();
    }
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(100_000);
  }
}
