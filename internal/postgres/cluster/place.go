package cluster

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

const (
	port = "5432" // only part of the socket's name: no port is opened

	// socketPathLimit is what the kernel holds of a socket's path, without the closing NUL.
	socketPathLimit = 107
)

// elsewhere is where clusters go whose own folder is out of reach; a variable only for the tests.
var elsewhere = "/var/lib/softsci"

// account is the operating system's user that owns a cluster's files and runs its programs.
type account struct{ uid, gid int }

func (a account) String() string {
	if u, err := user.LookupId(strconv.Itoa(a.uid)); err == nil {
		return u.Username
	}
	return "uid " + strconv.Itoa(a.uid)
}

// process starts a program as the account, away from the terminal (setsid): ^C reaches the portal, which then stops
// the server, and never the server directly.
func (a account) process() *syscall.SysProcAttr {
	attr := &syscall.SysProcAttr{Setsid: true}
	if os.Geteuid() == 0 {
		attr.Credential = &syscall.Credential{Uid: uint32(a.uid), Gid: uint32(a.gid)}
	}
	return attr
}

// reaches says whether the account can enter a folder. It tries, since mode bits are not all that can close a path.
func (a account) reaches(dir string) bool {
	cmd := exec.Command("/bin/sh", "-c", ":")
	cmd.Dir = dir
	cmd.SysProcAttr = a.process()
	return cmd.Run() == nil
}

// place is the folder of a cluster and the account it belongs to.
type place struct {
	home    string
	moved   bool // home is not below the data folder
	account account
}

// settle finds or creates the cluster's folder for a data folder.
//
// PostgreSQL refuses to run as root, so for root the account is another one (see servant), and that one often cannot
// pass a home of mode 0700. Then the cluster alone goes elsewhere, under a name made from the data folder's path. A
// cluster that once stands in one of the two places is never passed over for a new one in the other.
func settle(data string) (place, error) {
	data, err := makeData(data)
	if err != nil {
		return place{}, err
	}
	p := place{home: filepath.Join(data, "postgres"), account: account{os.Geteuid(), os.Getegid()}}
	if os.Geteuid() != 0 {
		return p, p.account.private(p.home)
	}
	if p.account, err = servant(p.home, data); err != nil {
		return place{}, err
	}
	other := filepath.Join(elsewhere, hash(data))
	reachable := p.account.reaches(data)
	if exists(filepath.Join(p.home, "data")) {
		if !reachable {
			return place{}, fmt.Errorf("user %s can no longer reach %s: open the folders above it with chmod o+x, "+
				"or move it to %s", p.account, p.home, other)
		}
	} else if !reachable || exists(filepath.Join(other, "data")) {
		p.home, p.moved = other, true
		if p.account, err = servant(other, data); err != nil {
			return place{}, err
		}
		if err := makeElsewhere(p.account); err != nil {
			return place{}, err
		}
	}
	return p, p.account.private(p.home)
}

// makeData returns the data folder without symbolic links, which makes one name, and so one hash, of it.
func makeData(data string) (string, error) {
	if !filepath.IsAbs(data) {
		return "", fmt.Errorf("the data folder needs an absolute path, not %q", data)
	}
	if err := os.MkdirAll(data, 0o755); err != nil {
		return "", err
	}
	return filepath.EvalSymlinks(data)
}

func makeElsewhere(a account) error {
	err := os.Mkdir(elsewhere, 0o755)
	if err == nil {
		err = os.Chmod(elsewhere, 0o755) // whatever the umask says
	}
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	if !a.reaches(elsewhere) {
		return fmt.Errorf("user %s cannot reach %s: open it with chmod o+x", a, elsewhere)
	}
	return nil
}

// servant chooses the account that serves root: the owner of the cluster's folder; else the owner of the data folder,
// so that a user who starts the portal with sudo keeps his files; else the distribution's postgres; else nobody.
func servant(home, data string) (account, error) {
	if a, ok := owner(home); ok && a.uid != 0 {
		return a, nil
	}
	// initdb refuses a user without a name.
	if a, ok := owner(data); ok && a.uid != 0 {
		if _, err := user.LookupId(strconv.Itoa(a.uid)); err == nil {
			return a, nil
		}
	}
	for _, name := range []string{"postgres", "nobody"} {
		if u, err := user.Lookup(name); err == nil {
			uid, _ := strconv.Atoi(u.Uid)
			gid, _ := strconv.Atoi(u.Gid)
			return account{uid, gid}, nil
		}
	}
	return account{}, errors.New("PostgreSQL does not run as root, and there is neither a user postgres nor nobody: " +
		"start the portal as an ordinary user")
}

// private ensures that dir is a folder of the account that nobody else can enter. It touches the folder's owner only
// while root has it, and follows no symbolic link, because the folder above may belong to somebody else.
func (a account) private(dir string) error {
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	info, err := os.Lstat(dir)
	if err != nil {
		return err
	}
	switch at, _ := owner(dir); {
	case !info.IsDir():
		return fmt.Errorf("%s must be a folder, and no symbolic link", dir)
	case info.Mode().Perm()&0o077 != 0:
		return fmt.Errorf("%s is open to others: close it with chmod 700", dir)
	case at.uid == a.uid:
		return nil
	case at.uid == os.Geteuid():
		return os.Lchown(dir, a.uid, a.gid)
	default:
		return fmt.Errorf("%s belongs to %s, not to %s: start the portal as root or %s, or choose another data folder",
			dir, at, a, at)
	}
}

// socketFolder is run inside the cluster's folder, or a folder in /tmp when that path is too long for a socket. Every
// process must find the same, so $TMPDIR, which may differ between them, does not count.
func (p place) socketFolder() (string, error) {
	dir := filepath.Join(p.home, "run")
	if len(filepath.Join(dir, ".s.PGSQL."+port)) > socketPathLimit {
		dir = "/tmp/portal-pg-" + hash(p.home)
	}
	return dir, p.account.private(dir)
}

func owner(path string) (account, bool) {
	info, err := os.Lstat(path)
	if err != nil {
		return account{}, false
	}
	st := info.Sys().(*syscall.Stat_t)
	return account{int(st.Uid), int(st.Gid)}, true
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

func hash(path string) string {
	sum := sha256.Sum256([]byte(path))
	return hex.EncodeToString(sum[:8])
}
