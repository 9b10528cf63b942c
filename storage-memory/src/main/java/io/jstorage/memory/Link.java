package io.jstorage.memory;

/**
 * A place in a ring. A list of nodes is a ring with a bare link as its head, so that a node can be
 * removed without knowing its list. A new link is a ring by itself: as a head, an empty list.
 */
class Link<V> {
  Link<V> older = this;
  Link<V> newer = this;

  /** Returns whether the list that begins here has no nodes. */
  final boolean isEmpty() {
    return newer == this;
  }

  /** The first node of the list that begins here, which has some. */
  final Node<V> oldest() {
    return (Node<V>) newer;
  }

  /** Adds a node, which is in no list, as the last one of the list that begins here. */
  final void append(Node<V> node) {
    node.older = older;
    node.newer = this;
    older.newer = node;
    older = node;
  }

  /** Removes it from its list. */
  final void unlink() {
    older.newer = newer;
    newer.older = older;
    isolate();
  }

  /** Puts a node that is in no list in this one's place. */
  final void replaceWith(Node<V> node) {
    node.older = older;
    node.newer = newer;
    older.newer = node;
    newer.older = node;
    isolate();
  }

  /** Forgets its neighbours, which no longer point here, or soon will not. */
  final void isolate() {
    older = this;
    newer = this;
  }
}
