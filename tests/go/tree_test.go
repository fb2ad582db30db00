package log

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/tlog"
)

// stored is a tree in the storage of package tlog, grown leaf by leaf.
type stored []tlog.Hash

func (s *stored) grow(t *testing.T, index int64, data []byte) {
	t.Helper()
	hashes, err := tlog.StoredHashes(index, data, s)
	if err != nil {
		t.Fatal(err)
	}
	*s = append(*s, hashes...)
}

func (s *stored) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	var hashes []tlog.Hash
	for _, index := range indexes {
		hashes = append(hashes, (*s)[index])
	}
	return hashes, nil
}

func TestRootsOfATreeThatGrows(t *testing.T) {
	read := load(t)
	roots := map[int64]string{}
	for _, tree := range read.Trees {
		roots[tree.Size] = tree.Root
	}
	if roots[0] != fmt.Sprintf("%x", sha256.Sum256(nil)) {
		t.Errorf("the empty tree: %s", roots[0])
	}
	var tree stored
	checked := 0
	for index, leaf := range read.Leaves {
		tree.grow(t, int64(index), unhex(t, leaf))
		size := int64(index) + 1
		want, listed := roots[size]
		if !listed {
			continue
		}
		root, err := tlog.TreeHash(size, &tree)
		if err != nil || root != hash(t, want) {
			t.Errorf("%d leaves: %x, not %s (%v)", size, root, want, err)
		}
		checked++
	}
	if checked < 80 || roots[int64(len(read.Leaves))] == "" {
		t.Errorf("only %d trees", checked)
	}
}

func TestInclusions(t *testing.T) {
	good := 0
	for _, row := range load(t).Inclusions {
		leaf := tlog.RecordHash(unhex(t, row.Leaf))
		err := tlog.CheckRecord(hashes(t, row.Proof), row.Size, hash(t, row.Root), row.Index, leaf)
		if (err == nil) != row.Valid {
			t.Errorf("%s: leaf %d of %d: %v", row.Why, row.Index, row.Size, err)
		}
		if row.Valid {
			good++
		}
	}
	if good < 25 {
		t.Errorf("only %d good proofs", good)
	}
}

func TestConsistencies(t *testing.T) {
	good := 0
	for _, row := range load(t).Consistencies {
		if row.Old == 0 {
			continue // Package tlog proves nothing of the empty tree.
		}
		oldRoot, newRoot := hash(t, row.OldRoot), hash(t, row.NewRoot)
		err := tlog.CheckTree(hashes(t, row.Proof), row.New, newRoot, row.Old, oldRoot)
		if (err == nil) != row.Valid {
			t.Errorf("%s: %d to %d: %v", row.Why, row.Old, row.New, err)
		}
		if row.Valid {
			good++
		}
	}
	if good < 15 {
		t.Errorf("only %d good proofs", good)
	}
}

func TestReceiptsLeadFromTheEntryToTheRoot(t *testing.T) {
	read := load(t)
	for _, row := range read.Receipts {
		if len(row.Proof) > 64 {
			continue // A limit of the protocol, which tlog does not have.
		}
		data := sha256.Sum256(append([]byte("angen/entry/1\x00"), unhex(t, row.Entry)...))
		leaf := tlog.RecordHash(data[:])
		err := tlog.CheckRecord(hashes(t, row.Proof), row.Size, hash(t, row.Root), row.Index, leaf)
		if (err == nil) != row.Valid {
			t.Errorf("%s: entry %d of %d: %v", row.Why, row.Index, row.Size, err)
		}
	}
	for _, row := range read.Entries {
		data := sha256.Sum256(append([]byte("angen/entry/1\x00"), unhex(t, row.Hex)...))
		if row.LeafData != nil && *row.LeafData != fmt.Sprintf("%x", data) {
			t.Errorf("entry %s: %x, not %s", row.Hex, data, *row.LeafData)
		}
	}
}

// served gives tiles by the path of C2SP, which leaves out the height that tlog writes.
type served map[string][]byte

func (served) Height() int { return 8 }

func (s served) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		data, found := s[path]
		if !found {
			return nil, fmt.Errorf("no %s", path)
		}
		all = append(all, data)
	}
	return all, nil
}

func (served) SaveTiles([]tlog.Tile, [][]byte) {}

func TestTilesGiveTheSameTree(t *testing.T) {
	read := load(t)
	tiles := served{}
	for _, row := range read.Tiles {
		tile := tlog.Tile{H: 8, L: row.Level, N: row.Index, W: row.Width}
		if path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1); path != row.Path {
			t.Errorf("%s, not %s", row.Path, path)
		}
		tiles[row.Path] = unhex(t, row.Hex)
	}
	last := read.Trees[len(read.Trees)-1]
	size, root := int64(len(read.Leaves)), hash(t, last.Root)
	if last.Size != size {
		t.Fatalf("the last tree has %d leaves, not %d", last.Size, size)
	}
	reader := tlog.TileHashReader(tlog.Tree{N: size, Hash: root}, tiles)
	if again, err := tlog.TreeHash(size, reader); err != nil || again != root {
		t.Fatalf("%x, not %s (%v)", again, last.Root, err)
	}
	// Reading checks each tile against the root, so every leaf is one of the tree.
	for index, leaf := range read.Leaves {
		proof, err := tlog.ProveRecord(size, int64(index), reader)
		if err != nil {
			t.Fatal(err)
		}
		leafHash := tlog.RecordHash(unhex(t, leaf))
		if err := tlog.CheckRecord(proof, size, root, int64(index), leafHash); err != nil {
			t.Errorf("leaf %d: %v", index, err)
		}
	}
	tiles["tile/0/000"][5] ^= 1
	if _, err := tlog.ProveRecord(size, 3, reader); err == nil {
		t.Error("an altered tile is taken")
	}
}
