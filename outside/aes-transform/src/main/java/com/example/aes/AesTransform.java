package com.example.aes;

import io.jstorage.ByteTransform;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Encrypts values by AES-GCM, and authenticates each together with the storage key under which it
 * stands.
 *
 * <p>The stored bytes are one byte that says 1, one byte with the length of the key's name, that
 * name in ASCII, a random nonce of 12 bytes, and the ciphertext with its tag of 16 bytes. All
 * before the nonce, and the storage key in UTF-8, is the associated data. A value that was
 * changed, cut, or moved to another storage key does not decrypt, and neither does one that was
 * encrypted with another AES key.
 *
 * <p>It does not notice an older value that is put back under its own storage key, or one of
 * another storage with the same AES keys: give each storage keys of its own. It hides neither
 * storage keys nor the length of values.
 *
 * <p>Values are written with the first key and read with any. To rotate, put a new key first; take
 * the old one away when every value has been written again. A key is good for 2^32 writes, beyond
 * which random nonces begin to repeat. Thread-safe.
 */
public final class AesTransform implements ByteTransform {
  private static final byte FORMAT = 1;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BYTES = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Keyring keys;

  /**
   * Makes the transform.
   *
   * @param keys the keys
   */
  public AesTransform(Keyring keys) {
    this.keys = keys;
  }

  @Override
  public byte[] apply(String key, byte[] plain) throws IOException {
    byte[] id = keys.current().getBytes(StandardCharsets.US_ASCII);
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    ByteBuffer coded =
        ByteBuffer.allocate(Math.addExact(plain.length, 2 + id.length + NONCE_BYTES + TAG_BYTES));
    coded.put(FORMAT).put((byte) id.length).put(id);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, keys.get(keys.current()), nonce);
      authenticate(cipher, coded, key);
      coded.put(nonce);
      cipher.doFinal(ByteBuffer.wrap(plain), coded);
      return coded.array();
    } catch (GeneralSecurityException e) {
      throw new IOException("AES-GCM fails: " + e.getMessage(), e);
    }
  }

  @Override
  public byte[] invert(String key, byte[] coded) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(coded);
    try {
      byte format = in.get();
      if (format != FORMAT) {
        throw new IOException("not encrypted by example.aes: the first byte is " + format);
      }
      byte[] id = new byte[Byte.toUnsignedInt(in.get())];
      in.get(id);
      SecretKey secret = keys.get(new String(id, StandardCharsets.ISO_8859_1));
      int header = in.position();
      byte[] nonce = new byte[NONCE_BYTES];
      in.get(nonce);
      if (in.remaining() < TAG_BYTES) {
        throw cutShort(coded);
      }
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, secret, nonce);
      authenticate(cipher, in.duplicate().position(header), key);
      return cipher.doFinal(coded, in.position(), in.remaining());
    } catch (BufferUnderflowException e) {
      throw cutShort(coded);
    } catch (AEADBadTagException e) {
      throw new IOException(
          "they were encrypted with another AES key of that name, or changed, cut short, or moved"
              + " from another key",
          e);
    } catch (GeneralSecurityException e) {
      throw new IOException("AES-GCM fails: " + e.getMessage(), e);
    }
  }

  private static Cipher cipher(int mode, SecretKey secret, byte[] nonce)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, secret, new GCMParameterSpec(8 * TAG_BYTES, nonce));
    return cipher;
  }

  /** The header tells its own length, so that no other header and key make the same bytes. */
  private static void authenticate(Cipher cipher, ByteBuffer header, String key) {
    cipher.updateAAD(header.array(), 0, header.position());
    cipher.updateAAD(key.getBytes(StandardCharsets.UTF_8));
  }

  private static IOException cutShort(byte[] coded) {
    return new IOException(
        "not encrypted by example.aes, or cut to %d bytes".formatted(coded.length));
  }
}
