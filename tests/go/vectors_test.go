package log

import (
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/mod/sumdb/tlog"
)

// vectors is core/ledger/tests/vectors/log.json, as far as Go's tools can judge it.
type vectors struct {
	Leaves []string `json:"leaves"`
	Trees  []struct {
		Size int64  `json:"size"`
		Root string `json:"root"`
	} `json:"trees"`
	Tiles []struct {
		Path  string `json:"path"`
		Level int    `json:"level"`
		Index int64  `json:"index"`
		Width int    `json:"width"`
		Hex   string `json:"hex"`
	} `json:"tiles"`
	Inclusions []struct {
		Why   string   `json:"why"`
		Leaf  string   `json:"leaf"`
		Index int64    `json:"index"`
		Size  int64    `json:"size"`
		Root  string   `json:"root"`
		Proof []string `json:"proof"`
		Valid bool     `json:"valid"`
	} `json:"inclusions"`
	Consistencies []struct {
		Why     string   `json:"why"`
		Old     int64    `json:"old"`
		OldRoot string   `json:"old_root"`
		New     int64    `json:"new"`
		NewRoot string   `json:"new_root"`
		Proof   []string `json:"proof"`
		Valid   bool     `json:"valid"`
	} `json:"consistencies"`
	Entries []struct {
		Hex      string  `json:"hex"`
		LeafData *string `json:"leaf_data"`
	} `json:"entries"`
	Checkpoints []checkpoint `json:"checkpoints"`
	Receipts    []struct {
		Why   string   `json:"why"`
		Entry string   `json:"entry"`
		Index int64    `json:"index"`
		Size  int64    `json:"size"`
		Root  string   `json:"root"`
		Proof []string `json:"proof"`
		Valid bool     `json:"valid"`
	} `json:"receipts"`
}

type checkpoint struct {
	Why   string `json:"why"`
	Note  string `json:"note"`
	Key   string `json:"key"`
	VKey  string `json:"vkey"`
	Valid bool   `json:"valid"`
	Says  *struct {
		Origin string `json:"origin"`
		Size   uint64 `json:"size"`
		Root   string `json:"root"`
		TimeMs int64  `json:"time_ms"`
	} `json:"says"`
}

func load(t *testing.T) vectors {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "core", "ledger", "tests", "vectors", "log.json"))
	if err != nil {
		t.Fatal(err)
	}
	var read vectors
	if err := json.Unmarshal(text, &read); err != nil {
		t.Fatal(err)
	}
	return read
}

func unhex(t *testing.T, text string) []byte {
	t.Helper()
	data, err := hex.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func hash(t *testing.T, text string) (hash tlog.Hash) {
	t.Helper()
	data := unhex(t, text)
	if len(data) != len(hash) {
		t.Fatalf("%s is no hash", text)
	}
	copy(hash[:], data)
	return hash
}

func hashes(t *testing.T, texts []string) (hashes []tlog.Hash) {
	t.Helper()
	for _, text := range texts {
		hashes = append(hashes, hash(t, text))
	}
	return hashes
}
