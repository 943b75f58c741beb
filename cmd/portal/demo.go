package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"softsci/internal/desk"
	"softsci/internal/guideline"
	"softsci/internal/portal"
)

// The demonstration: the shipped document as one batch, and people nobody is.
const (
	demoSlug  = "2023-softsci-1"
	demoCode  = "RKX1"
	demoDays  = 30
	demoHour  = 17
	demoAsked = 5 // the topic that has questions
	demoUnit  = "示范大学（演示单位）"
)

// demoAccount is a line of demo-accounts.json.
type demoAccount struct {
	Role     portal.Role `json:"role"`
	Name     string      `json:"name"`
	Email    string      `json:"email"`
	Password string      `json:"password"`
}

// demo makes the demonstration's batch and accounts if they are not there, and
// prints the accounts. Passwords are random; they stand in demo-accounts.json of
// the data folder (mode 0600), and are made anew if that file is gone.
func (p *place) demo(ctx context.Context, out io.Writer) error {
	file := filepath.Join(p.config.Data, "demo-accounts.json")
	accounts, err := readDemoAccounts(file)
	if err != nil {
		return err
	}
	if err := p.demoBatch(ctx); err != nil {
		return err
	}
	if accounts == nil {
		if accounts, err = p.demoAccounts(ctx); err != nil {
			return err
		}
		if err := p.demoQuestions(ctx); err != nil {
			return err
		}
		if err := writeDemoAccounts(file, accounts); err != nil {
			return err
		}
	}
	fmt.Fprintf(out, "Demonstration accounts (also in %s):\n", file)
	for _, a := range accounts {
		fmt.Fprintf(out, "  %-9s  %-28s  %-20s  %s\n", a.Role, a.Email, a.Password, a.Name)
	}
	return nil
}

func readDemoAccounts(file string) (accounts []demoAccount, err error) {
	raw, err := os.ReadFile(file)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err == nil {
		err = json.Unmarshal(raw, &accounts)
	}
	if err != nil {
		return nil, fmt.Errorf("read %s (delete it to get new passwords): %w", file, err)
	}
	return accounts, nil
}

func writeDemoAccounts(file string, accounts []demoAccount) error {
	raw, err := json.MarshalIndent(accounts, "", "  ")
	if err != nil {
		return err
	}
	fresh := file + ".new"
	if err := os.WriteFile(fresh, append(raw, '\n'), 0o600); err != nil {
		return err
	}
	return os.Rename(fresh, file)
}

func (p *place) demoBatch(ctx context.Context) error {
	now := p.store.Now().In(portal.Shanghai)
	closes := time.Date(now.Year(), now.Month(), now.Day()+demoDays, demoHour, 0, 0, 0, portal.Shanghai)
	source, err := guideline.Decode(guideline.Shipped)
	if err != nil {
		return err
	}
	err = p.desk.ImportBatch(ctx, p.system(), desk.Import{Slug: demoSlug, Code: demoCode, Opens: now.Truncate(time.Second), Closes: closes,
		Intake: desk.Intake{Source: source, Proposal: guideline.Parse(source)}})
	var refusal *portal.Error
	if errors.As(err, &refusal) && refusal.Fields["slug"] != "" {
		return nil // it is there since an earlier start
	}
	if err != nil {
		return err
	}
	return p.desk.Publish(ctx, p.system(), demoSlug)
}

func (p *place) demoAccounts(ctx context.Context) ([]demoAccount, error) {
	code, err := demoUnitCode()
	if err != nil {
		return nil, err
	}
	people := []desk.Newcomer{
		{Email: "applicant@demo.invalid", Name: "张研究（演示申报人）", Role: portal.RoleApplicant, UnitName: demoUnit, UnitCode: code},
	}
	contacts, err := p.desk.PrintedContacts(ctx, p.system(), demoSlug)
	if err != nil {
		return nil, err
	}
	for i, c := range contacts {
		people = append(people, desk.Newcomer{Email: fmt.Sprintf("contact-%02d@demo.invalid", i+1), Name: c.Name, Role: portal.RoleContact, Topics: c.Topics, Person: c.Person})
	}
	people = append(people, desk.Newcomer{Email: "admin@demo.invalid", Name: "演示管理员", Role: portal.RoleAdmin})
	accounts := make([]demoAccount, len(people))
	for i, person := range people {
		person.Password = demoPassword()
		if err := p.desk.Welcome(ctx, p.system(), person); err != nil {
			return nil, fmt.Errorf("account %s: %w", person.Email, err)
		}
		accounts[i] = demoAccount{Role: person.Role, Name: person.Name, Email: person.Email, Password: person.Password}
	}
	return accounts, nil
}

// demoQuestions are one that waits for its contact and one that was answered for everybody.
func (p *place) demoQuestions(ctx context.Context) error {
	topic, err := p.desk.AskedTopic(ctx, p.system(), demoSlug, demoAsked)
	if err != nil {
		return err
	}
	if _, err := p.desk.Receive(ctx, p.system(), topic, desk.Question{Name: "钱同学（演示）", Email: "visitor@demo.invalid",
		Text: "项目组成员可以是外省单位的吗？"}); err != nil {
		return err
	}
	const asked = "可以由两家单位联合申报吗？"
	ref, err := p.desk.Receive(ctx, p.system(), topic, desk.Question{Name: "李老师（演示）", Email: "reader@demo.invalid", Text: asked + "我校拟与研究院合作。"})
	if err != nil {
		return err
	}
	return p.desk.Answer(ctx, p.system(), ref, desk.Reply{Answer: "可以。由一家单位牵头申报，并在附件中上传合作协议。", Public: true, Question: asked})
}

// demoUnitCode is a code with a valid check digit of a region that does not exist.
func demoUnitCode() (portal.UnitCode, error) {
	const body = "12000000DEMA00001"
	check, err := portal.UnitCodeCheck(body)
	return portal.UnitCode(body + string(check)), err
}

// demoPassword has three classes by its form and 50 random bits.
func demoPassword() string { return "Demo-" + strings.ToLower(rand.Text()[:10]) }
