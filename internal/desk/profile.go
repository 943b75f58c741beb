package desk

import (
	"context"
	"errors"
	"maps"

	"softsci/internal/portal"
	"softsci/internal/postgres"
	"softsci/internal/proposal"
)

// saved are the sections that were saved.
func (f File) saved() []portal.Section {
	var list []portal.Section
	for _, s := range f.Sections {
		if s.Saved.Revision > 0 {
			list = append(list, s.Saved)
		}
	}
	return list
}

// OffersProfile reports whether the leader has saved something here that its profile does
// not say, or says otherwise.
func (f File) OffersProfile() bool {
	if f.Application.Access != portal.AccessLeader {
		return false
	}
	for field, value := range proposal.Profile(f.saved()) {
		if f.Application.Profile[field] != value {
			return true
		}
	}
	return false
}

// KeepProfile takes what the leader has saved of the unit and of itself into its profile,
// where the next application finds it. What was left empty here stays as it is there.
func (d *Desk) KeepProfile(ctx context.Context, a portal.Applicant, ref string) error {
	return d.store.Write(ctx, a, func(tx *postgres.Tx) error {
		var app portal.Application
		var saved []portal.Section
		var profiles []postgres.Profile
		if err := tx.Do(postgres.ApplicationOf(&app, ref, a.Arrived()), postgres.SectionsOf(&saved, ref), postgres.ProfileOf(&profiles, a.Account())); err != nil {
			return err
		}
		if app.Access != portal.AccessLeader {
			return portal.Refuse(portal.NotNow, "这些是项目负责人的资料，由负责人存入。")
		}
		p := profileWith(profiles, proposal.Profile(saved))
		code, err := portal.ParseUnitCode(p.UnitCode)
		if err != nil || p.UnitName == "" {
			return portal.Refuse(portal.NotNow, "请先在“封面与单位信息”中填写正确的单位名称和统一社会信用代码并保存。")
		}
		return errors.Join(tx.SaveProfile(a.Account(), p, code), tx.Record(ofAccount(a.Account(), a.Name(), portal.ProfileChanged)))
	})
}

// profileWith is the profile, if there is one, with the answers in the place of its own.
func profileWith(profiles []postgres.Profile, answers map[string]string) postgres.Profile {
	p := postgres.Profile{Details: map[string]string{}}
	if len(profiles) > 0 {
		p.UnitName, p.UnitCode = profiles[0].UnitName, profiles[0].UnitCode
		maps.Copy(p.Details, profiles[0].Details)
	}
	maps.Copy(p.Details, answers)
	for field, column := range map[string]*string{"unit_name": &p.UnitName, "unit_code": &p.UnitCode} {
		if value := p.Details[field]; value != "" {
			*column = value
		}
		delete(p.Details, field)
	}
	return p
}
