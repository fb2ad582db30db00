package log

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"
)

// cosigner verifies timestamped cosignatures (c2sp.org/tlog-cosignature) for package note, which
// itself knows the plain signatures only.
type cosigner struct {
	name string
	key  ed25519.PublicKey
	time uint64
}

func (c *cosigner) Name() string { return c.name }

func (c *cosigner) KeyHash() uint32 {
	sum := sha256.Sum256(append([]byte(c.name+"\n\x04"), c.key...))
	return binary.BigEndian.Uint32(sum[:])
}

func (c *cosigner) Verify(text, signature []byte) bool {
	if len(signature) != 8+ed25519.SignatureSize {
		return false
	}
	c.time = binary.BigEndian.Uint64(signature)
	message := fmt.Sprintf("cosignature/v1\ntime %d\n%s", c.time, text)
	inMs := c.time > 0 && c.time <= math.MaxInt64/1000
	return inMs && ed25519.Verify(c.key, []byte(message), signature[8:])
}

// These rules of the protocol are narrower than those of package note.
var narrower = map[string]bool{"31 signatures more": true, "a line twice": true}

func TestCheckpoints(t *testing.T) {
	good := 0
	for _, row := range load(t).Checkpoints {
		if narrower[row.Why] {
			continue
		}
		said, err := open(t, row)
		if (err == nil) != row.Valid {
			t.Errorf("%s: %v", row.Why, err)
			continue
		}
		if err != nil {
			continue
		}
		good++
		want := fmt.Sprintf("%s %d %s %d", row.Says.Origin, row.Says.Size, row.Says.Root, row.Says.TimeMs)
		if said != want {
			t.Errorf("%s: %s, not %s", row.Why, said, want)
		}
	}
	if good < 8 {
		t.Errorf("only %d good checkpoints", good)
	}
}

// open gives origin, size, root and time of a note that both signatures of the hub verify.
func open(t *testing.T, row checkpoint) (string, error) {
	t.Helper()
	plain, err := note.NewVerifier(row.VKey)
	if err != nil {
		t.Fatal(err)
	}
	cosigned := &cosigner{name: plain.Name(), key: unhex(t, row.Key)}
	opened, err := note.Open([]byte(row.Note), note.VerifierList(plain, cosigned))
	if err != nil {
		return "", err
	}
	if len(opened.Sigs) != 2 {
		return "", fmt.Errorf("%d signatures of the hub", len(opened.Sigs))
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != plain.Name() || lines[3] != "" {
		return "", fmt.Errorf("no checkpoint of this log: %q", opened.Text)
	}
	size, err := strconv.ParseUint(lines[1], 10, 63)
	if err != nil || strconv.FormatUint(size, 10) != lines[1] {
		return "", fmt.Errorf("the size %q", lines[1])
	}
	root, err := base64.StdEncoding.Strict().DecodeString(lines[2])
	if err != nil || len(root) != sha256.Size {
		return "", fmt.Errorf("the root %q", lines[2])
	}
	return fmt.Sprintf("%s %d %x %d", lines[0], size, root, cosigned.time*1000), nil
}
