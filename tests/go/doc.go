// Package log checks the vectors of the ledger's log with Go's own tools for such logs.
//
// Everything is in the tests; see README.md.
package log
