package io.jstorage.architecture;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Rules that only sources can be checked for; the JDK's own parser reads them. */
final class SourceFiles {
  /** The violations, each as class, member and what is wrong. */
  private final List<String> undocumented = new ArrayList<>();

  private final List<String> locked = new ArrayList<>();

  private SourceFiles() {}

  static SourceFiles parse(Iterable<? extends JavaFileObject> files) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    JavacTask task = (JavacTask) compiler.getTask(null, null, null, null, null, files);
    DocTrees trees = DocTrees.instance(task);
    SourceFiles result = new SourceFiles();
    try {
      for (CompilationUnitTree unit : task.parse()) {
        result.new Reader(trees).scan(unit, null);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return result;
  }

  /** Public types and members, and protected members, that have no Javadoc and override nothing. */
  List<String> undocumented() {
    return undocumented;
  }

  /** Methods and blocks that are {@code synchronized}. */
  List<String> locked() {
    return locked;
  }

  private final class Reader extends TreePathScanner<@Nullable Void, @Nullable Void> {
    private final DocTrees trees;

    Reader(DocTrees trees) {
      this.trees = trees;
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable Void unused) {
      requireDoc(type.getModifiers());
      return super.visitClass(type, null);
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void unused) {
      if (method.getModifiers().getFlags().contains(Modifier.SYNCHRONIZED)) {
        locked.add(place());
      }
      requireDoc(method.getModifiers());
      return super.visitMethod(method, null);
    }

    @Override
    public @Nullable Void visitVariable(VariableTree variable, @Nullable Void unused) {
      if (getCurrentPath().getParentPath().getLeaf() instanceof ClassTree) {
        requireDoc(variable.getModifiers());
      }
      return super.visitVariable(variable, null);
    }

    @Override
    public @Nullable Void visitSynchronized(SynchronizedTree block, @Nullable Void unused) {
      locked.add(place());
      return super.visitSynchronized(block, null);
    }

    private void requireDoc(ModifiersTree modifiers) {
      TreePath path = getCurrentPath();
      if (isVisible(path) && !overrides(modifiers) && trees.getDocComment(path) == null) {
        undocumented.add(place());
      }
    }

    private boolean overrides(ModifiersTree modifiers) {
      return modifiers.getAnnotations().stream()
          .anyMatch(each -> each.getAnnotationType().toString().equals("Override"));
    }

    /**
     * Whether users of the package see it: it and whatever it stands in are public or protected.
     */
    private boolean isVisible(TreePath path) {
      TreePath parent = path.getParentPath();
      Tree leaf = path.getLeaf();
      Tree container = parent.getLeaf();
      if (container instanceof CompilationUnitTree) {
        return modifiers(leaf).contains(Modifier.PUBLIC);
      }
      return container instanceof ClassTree type
          && isVisible(parent)
          && (isPublicByPlace(type, leaf)
              || modifiers(leaf).contains(Modifier.PUBLIC)
              || modifiers(leaf).contains(Modifier.PROTECTED));
    }

    private boolean isPublicByPlace(ClassTree container, Tree member) {
      Set<Modifier> modifiers = modifiers(member);
      return switch (container.getKind()) {
        case INTERFACE, ANNOTATION_TYPE -> !modifiers.contains(Modifier.PRIVATE);
        default -> false;
      };
    }

    private Set<Modifier> modifiers(Tree tree) {
      ModifiersTree modifiers =
          tree instanceof ClassTree type
              ? type.getModifiers()
              : tree instanceof MethodTree method
                  ? method.getModifiers()
                  : tree instanceof VariableTree variable ? variable.getModifiers() : null;
      return modifiers == null ? Set.of() : modifiers.getFlags();
    }

    /** The names of the types and the member round the current place, with dots between them. */
    private String place() {
      StringBuilder place = new StringBuilder();
      for (TreePath path = getCurrentPath(); path != null; path = path.getParentPath()) {
        Tree leaf = path.getLeaf();
        String name =
            leaf instanceof ClassTree type
                ? type.getSimpleName().toString()
                : leaf instanceof MethodTree method
                    ? method.getName().toString()
                    : leaf instanceof VariableTree variable ? variable.getName().toString() : "";
        if (!name.isEmpty()) {
          place.insert(0, place.length() == 0 ? name : name + ".");
        }
      }
      return place.toString();
    }
  }
}
