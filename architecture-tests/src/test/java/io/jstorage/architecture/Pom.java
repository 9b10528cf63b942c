package io.jstorage.architecture;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** An element of a POM. */
record Pom(Element element) {
  static Pom read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      return new Pom(factory.newDocumentBuilder().parse(in).getDocumentElement());
    } catch (Exception e) {
      throw new IllegalStateException("cannot read " + file, e);
    }
  }

  /** The elements at a path of names with slashes between them, from here on. */
  List<Pom> all(String path) {
    List<Pom> found = List.of(this);
    for (String name : path.split("/", -1)) {
      found = found.stream().flatMap(each -> each.children(name)).toList();
    }
    return found;
  }

  private Stream<Pom> children(String name) {
    List<Pom> children = new ArrayList<>();
    for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element child && child.getTagName().equals(name)) {
        children.add(new Pom(child));
      }
    }
    return children.stream();
  }

  /** The text of the first element at a path, or the empty string. */
  String text(String path) {
    return all(path).stream()
        .findFirst()
        .map(each -> each.element.getTextContent().strip())
        .orElse("");
  }

  String attribute(String name) {
    return element.getAttribute(name);
  }
}
